import { LIMITS } from "../../shared/protocol/limits.ts";
import { ClientMessage } from "../../shared/protocol/message.schema.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Rules } from "../../shared/protocol/rules.ts";
import { ReactionId } from "../../shared/protocol/text.schema.ts";
import { byteLength } from "../../shared/protocol/text.ts";
import { ProblemError } from "../lib/problem-error.ts";
import type { DeckState } from "./room-message.ts";

/** One message of a client, or why it is none; its id is kept where it can be read. */
export function readMessage(message: string | ArrayBuffer): ClientMessage | (Refusal & { id?: string }) {
  if (typeof message !== "string")
    return { code: "invalid_request", detail: "messages are JSON text, not binary" };
  if (byteLength(message) > LIMITS.bodyBytes) {
    return { code: "too_large", detail: `a message takes up to ${LIMITS.bodyBytes} bytes` };
  }
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return { code: "invalid_request", detail: "the message is not JSON" };
  }
  const parsed = ClientMessage.safeParse(value);
  if (parsed.success) return parsed.data;
  const id = ReactionId.safeParse((value as { id?: unknown } | null)?.id);
  const { code, detail } = ProblemError.invalid(parsed.error);
  return { code, detail, ...(id.success && { id: id.data }) };
}

export const sayState = ({ page, state, version }: DeckState): ServerMessage => ({
  type: "state_change",
  page,
  state,
  version,
});

export const sayRules = (rules: Rules): ServerMessage => {
  const { paused, reactions, pages, anyReaction, questions, names } = rules;
  return { type: "rules", paused, reactions, pages, anyReaction, questions, names };
};

/** Whether the rules forbid or allow anything that is not so from the start: somebody new who hears none knows that they do not. */
export const hasRules = ({ paused, reactions, pages, anyReaction, questions, names }: Rules): boolean =>
  paused ||
  reactions !== null ||
  anyReaction ||
  questions !== "off" ||
  !names ||
  Object.keys(pages).length > 0;
