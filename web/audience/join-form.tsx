import { useState } from "hono/jsx/dom";
import { findJoinCode } from "../../shared/protocol/join-code.ts";
import { readSessionUid } from "../../shared/protocol/session-uid.ts";
import { Api } from "../client/api.ts";
import { toRevintError } from "../client/error.ts";
import { FieldForm } from "../ui/field-form.tsx";
import { readPass } from "../ui/host-pass.ts";
import { pages, audience as words } from "../words/en.ts";

/** What a refused code means, where it means more than that it does not work right now. */
const PROBLEMS: Readonly<Record<string, string>> = {
  session_not_found: `${words.wrongCode.title}. ${words.wrongCode.text}`,
  rate_limited: `${words.tooManyCodes.title}. ${words.tooManyCodes.text}`,
};

/** For whoever came without a session, or with a wrong code: its code, or a link of it pasted. */
export function JoinForm() {
  const [problem, setProblem] = useState("");
  const refuse = (field: HTMLInputElement, problem: string) => {
    setProblem(problem);
    field.focus();
    field.select();
  };
  const open = async (text: string, field: HTMLInputElement) => {
    const pasted = readSessionUid(text);
    const code = findJoinCode(text);
    // No secret stays in sight.
    if (pasted === undefined && readPass(text)) field.value = "";
    if (pasted === undefined && code === undefined) {
      refuse(field, readPass(text) ? pages.passRefused : words.noCode);
      return;
    }
    setProblem("");
    try {
      const session = pasted ?? (await new Api(location.origin).findSession(code ?? ""));
      location.assign(`/join?${new URLSearchParams({ session })}`);
    } catch (error) {
      refuse(field, PROBLEMS[toRevintError(error).code] ?? words.failed.text);
    }
  };
  return (
    <FieldForm
      label={words.code}
      action={words.join}
      inputmode="numeric"
      value={findJoinCode(location.pathname)}
      problem={problem}
      onText={open}
    />
  );
}
