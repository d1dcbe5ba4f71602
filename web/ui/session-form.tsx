import { pages as words } from "../words/en.ts";
import { readField } from "./field.ts";

/** For whoever came without a session, or with a wrong one: its name, or a whole link of it pasted. */
export function SessionForm({ action }: { action: string }) {
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
        {action}
      </button>
    </form>
  );
}

function readSession(text: string): string {
  const [query] = /(?<=[?&])session=[^&#\s]+/.exec(text) ?? [];
  return query === undefined ? text : (new URLSearchParams(query).get("session") ?? "");
}
