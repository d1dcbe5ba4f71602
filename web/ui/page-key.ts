/** Whether a key is meant for the page: with nothing held besides, and not while a dialog asks something. */
export const isForPage = ({ ctrlKey, metaKey, altKey, repeat }: KeyboardEvent): boolean =>
  !(ctrlKey || metaKey || altKey || repeat || document.querySelector("dialog[open]"));

/** Whether a letter goes into a field. */
export const isTyped = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
