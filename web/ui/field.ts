/** What stands in a field of the form that was just submitted, without the space around it. */
export function readField(submit: Event, name: string): string {
  const form = submit.currentTarget ?? submit.target;
  const field = form instanceof HTMLFormElement ? form.elements.namedItem(name) : null;
  return field instanceof HTMLInputElement ? field.value.trim() : "";
}
