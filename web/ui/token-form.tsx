import { common as words } from "../words/en.ts";
import { readField } from "./field.ts";
import { Problem } from "./problem.tsx";

interface Props {
  /** What the button says. */
  readonly action: string;
  readonly problem?: string | undefined;
  /** The first thing in a dialog. */
  readonly hasFocus?: boolean;
  /** With what was pasted: a host token or a link that carries one. */
  readonly onToken: (pasted: string) => unknown;
  readonly children?: unknown;
}

/** For whoever hosts: a field that shows nobody what is pasted into it. */
export function TokenForm({ action, problem, hasFocus = false, onToken, children }: Props) {
  const submit = (event: Event) => {
    event.preventDefault();
    void onToken(readField(event, "token"));
  };
  return (
    <form onSubmit={submit}>
      <label>
        {words.token}
        <input
          name="token"
          type="password"
          dir="ltr"
          required
          autocomplete="off"
          autofocus={hasFocus}
          spellcheck={false}
        />
      </label>
      <Problem>{problem}</Problem>
      <button type="submit" class="primary">
        {action}
      </button>
      {children}
    </form>
  );
}
