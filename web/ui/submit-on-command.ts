/** For the `keydown` of a form: Enter is what it is in its field, and with Control or Command it sends the form. */
export function submitOnCommand(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, currentTarget } = event;
  if (key !== "Enter" || !(ctrlKey || metaKey) || !(currentTarget instanceof HTMLFormElement)) return;
  event.preventDefault();
  currentTarget.requestSubmit();
}
