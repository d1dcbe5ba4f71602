import { getField } from "./field.ts";
import { Problem } from "./problem.tsx";

interface Props {
  readonly label: string;
  /** What the button says. */
  readonly action: string;
  /** What the button looks like. */
  readonly button?: string;
  readonly type?: "password" | "text";
  readonly inputmode?: "url" | "text" | "numeric";
  /** What stands in it at first. */
  readonly value?: string | undefined;
  readonly autofocus?: boolean;
  readonly problem?: unknown;
  /** @param field where it stands: what is secret need not stay in sight */
  readonly onText: (text: string, field: HTMLInputElement) => unknown;
  readonly children?: unknown;
}

/** A form of one field, for what people paste: a link, a token, a name. Nothing completes or corrects it. */
export function FieldForm({ label, action, button = "primary", problem, onText, children, ...input }: Props) {
  const submit = (event: Event) => {
    event.preventDefault();
    const field = getField(event, "text");
    if (field) void onText(field.value.trim(), field);
  };
  return (
    <form onSubmit={submit}>
      <label>
        {label}
        <input
          name="text"
          dir="ltr"
          required
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          {...input}
        />
      </label>
      <Problem>{problem}</Problem>
      <button type="submit" class={button}>
        {action}
      </button>
      {children}
    </form>
  );
}
