/** A field of the form that was just submitted. */
export function getField(submit: Event, name: string): HTMLInputElement | undefined {
  const form = submit.currentTarget ?? submit.target;
  const field = form instanceof HTMLFormElement ? form.elements.namedItem(name) : null;
  return field instanceof HTMLInputElement ? field : undefined;
}
