import { useState } from "hono/jsx/dom";
import { readSessionUid } from "../../shared/protocol/session-uid.ts";
import { pages as words } from "../words/en.ts";
import { FieldForm } from "./field-form.tsx";
import { keepPass, readPass } from "./host-pass.ts";
import { type OnNotStarted, openOwnSession } from "./own-session.ts";

interface Props {
  readonly action: string;
  /** What the button looks like. */
  readonly button?: string;
  /** The page is for hosts too: a host token or an invitation link is taken, and kept for the tab. */
  readonly isForHosts?: boolean;
  /** What is wrong with what the page was opened with. */
  readonly problem?: string | undefined;
  readonly onNotStarted?: OnNotStarted;
}

/**
 * For whoever came without a session, or with a wrong one: its name, or a whole link of it pasted.
 * Only what has the form of a session's name goes into the address: what was pasted may be a secret.
 */
export function SessionForm({
  action,
  button = "primary",
  isForHosts = false,
  problem: given = "",
  onNotStarted,
}: Props) {
  const [problem, setProblem] = useState(given);
  const open = (text: string, field: HTMLInputElement) => {
    const pass = readPass(text);
    const session = readSessionUid(text);
    if (pass && isForHosts) keepPass(location.origin, pass);
    if (session !== undefined) {
      location.assign(`${location.pathname}?${new URLSearchParams({ session })}`);
      return;
    }
    // No secret stays in sight.
    if (pass) field.value = "";
    if (pass && isForHosts) {
      setProblem("");
      void openOwnSession(pass, onNotStarted).then((refusal) => setProblem(refusal ?? ""));
      return;
    }
    setProblem(pass ? words.passRefused : isForHosts ? words.noSessionOrToken : words.noSessionName);
  };
  const label = isForHosts ? words.sessionOrToken : words.sessionField;
  return <FieldForm label={label} action={action} button={button} problem={problem} onText={open} />;
}
