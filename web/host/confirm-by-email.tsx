import { useState } from "hono/jsx/dom";
import { Ask } from "../ui/ask.tsx";
import { host as words } from "../words/en.ts";

interface Props {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  /** What has to be typed: whoever deletes an account knows which. */
  readonly email: string;
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  readonly onConfirm: () => unknown;
  readonly onClose: () => void;
}

/** Before an account goes with everything in it. */
export function ConfirmByEmail({ email, ...asked }: Props) {
  const [typed, setTyped] = useState("");
  const isSame = typed.trim().toLowerCase() === email.toLowerCase();
  return (
    <Ask {...asked} isReady={isSame}>
      <label>
        {words.emailAgain(email)}
        <input
          name="email"
          dir="ltr"
          autofocus
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={({ target }: Event) => target instanceof HTMLInputElement && setTyped(target.value)}
        />
      </label>
    </Ask>
  );
}
