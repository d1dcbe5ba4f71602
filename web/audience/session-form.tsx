import { readField } from "../ui/field.ts";
import { audience as words } from "../words/en.ts";

/** For whoever came without a session: its name, or a whole join link pasted. */
export function SessionForm() {
  const submit = (event: Event) => {
    event.preventDefault();
    const session = readSession(readField(event, "session"));
    if (session !== "") location.assign(`${location.pathname}?${new URLSearchParams({ session })}`);
  };
  return (
    <form onSubmit={submit}>
      <label>
        {words.sessionField}
        <input name="session" required autocomplete="off" autocapitalize="none" spellcheck={false} />
      </label>
      <button type="submit" class="primary">
        {words.join}
      </button>
    </form>
  );
}

function readSession(text: string): string {
  const query = /[?&]session=([^&#\s]+)/.exec(text)?.[1];
  return query === undefined ? text.trim() : decodeURIComponent(query);
}
