import { common as words } from "../words/en.ts";
import { FieldForm } from "./field-form.tsx";

interface Props {
  /** What the button says. */
  readonly action: string;
  readonly problem?: string | undefined;
  readonly autofocus?: boolean;
  /** With what was pasted: a host token or a link that carries one, or neither. */
  readonly onToken: (pasted: string) => unknown;
  readonly children?: unknown;
}

/** For whoever hosts: a field that shows nobody what is pasted into it. */
export const TokenForm = ({ onToken, ...rest }: Props) => (
  <FieldForm {...rest} label={words.token} type="password" onText={onToken} />
);
