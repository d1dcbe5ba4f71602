import { useState } from "hono/jsx/dom";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { host } from "../words/en.ts";

const words = host.entrance;

interface Props {
  readonly label: string;
  readonly name?: string;
  /** Whether it is chosen now, or known. */
  readonly isNew?: boolean;
}

/** A password, which can be looked at while it is typed. */
export function PasswordField({ label, name = "password", isNew = false }: Props) {
  const [isShown, setShown] = useState(false);
  const hint = `${name}-hint`;
  return (
    <div class="password">
      <label>
        {label}
        <input
          name={name}
          type={isShown ? "text" : "password"}
          dir="ltr"
          required
          minlength={isNew ? LIMITS.passwordShortest : undefined}
          maxlength={LIMITS.passwordLongest}
          autocomplete={isNew ? "new-password" : "current-password"}
          autocapitalize="none"
          spellcheck={false}
          aria-describedby={isNew ? hint : undefined}
        />
      </label>
      <button
        type="button"
        class="show"
        aria-label={words.showPassword}
        aria-pressed={isShown ? "true" : "false"}
        onClick={() => setShown(!isShown)}
      >
        {words.show}
      </button>
      {isNew && (
        <p id={hint} class="soft">
          {words.passwordHint(LIMITS.passwordShortest)}
        </p>
      )}
    </div>
  );
}
