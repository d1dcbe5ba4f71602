/** What the fields of a form hold that is sent: nothing leaves the page by itself. */
export function readForm(submit: Event): (name: string) => string {
  submit.preventDefault();
  const form = submit.currentTarget ?? submit.target;
  const data = form instanceof HTMLFormElement ? new FormData(form) : undefined;
  return (name) => {
    const value = data?.get(name);
    return typeof value === "string" ? value : "";
  };
}
