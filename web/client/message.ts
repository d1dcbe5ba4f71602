import type { Burst } from "../../shared/interactions/reaction/message.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import type { PublicRules } from "../../shared/protocol/rules.ts";
import type { State } from "../../shared/protocol/state.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import type { Code } from "./error.ts";
import { type Fields, isFields, isNumber, isText, isTexts, parseFields } from "./fields.ts";
import { toRecord } from "./record.ts";

/** What a service says on a pipe and as server-sent events: one of a later version may refuse with a code we do not know. */
export type HeardMessage = ServerMessage<Code>;

export const isPages = (value: unknown): value is Pages =>
  isFields(value) &&
  Object.values(value).every((counts) => isFields(counts) && Object.values(counts).every(isNumber));

const isBurst = (value: unknown): value is Burst =>
  isFields(value) &&
  isText(value.participant) &&
  isText(value.page) &&
  isText(value.reaction) &&
  isNumber(value.count);

const isAllowed = (entry: [page: string, texts: unknown]): entry is [string, string[]] => isTexts(entry[1]);

/** The rules in these fields; undefined where they are none. A service of before says less. */
export function readRules({ paused, reactions, pages, anyReaction }: Fields): PublicRules | undefined {
  if (typeof paused !== "boolean" || !(reactions === null || isTexts(reactions))) return undefined;
  if (!isFields(pages)) return undefined;
  const allowed = Object.entries(pages);
  if (!allowed.every(isAllowed)) return undefined;
  return { paused, reactions, pages: toRecord(allowed), anyReaction: anyReaction === true };
}

/** The state in these fields; undefined where there is none. */
export const readState = ({ page, state, version }: Fields): State | undefined =>
  isText(page) && isText(state) && isNumber(version) ? { page, state, version } : undefined;

/** Reads a message of the service. What is no message, or one of a later version, is undefined. */
export function readMessage(text: string): HeardMessage | undefined {
  const fields = parseFields(text);
  if (!fields) return undefined;
  switch (fields.type) {
    case "state_change": {
      const state = readState(fields);
      return state && { type: fields.type, ...state };
    }
    case "reactions": {
      const { type, pages, total, whole } = fields;
      if (!isPages(pages) || !isNumber(total)) return undefined;
      return { type, pages, total, ...(whole === true && { whole }) };
    }
    case "presence": {
      const { type, participants } = fields;
      return isNumber(participants) ? { type, participants } : undefined;
    }
    case "rules": {
      const rules = readRules(fields);
      return rules && { type: fields.type, ...rules };
    }
    case "driver": {
      const { type, driver } = fields;
      return isText(driver) ? { type, driver } : undefined;
    }
    case "bursts": {
      const { type, bursts } = fields;
      return Array.isArray(bursts) && bursts.every(isBurst) ? { type, bursts } : undefined;
    }
    case "door": {
      const { type, waiting, perMinute, isClosed } = fields;
      if (!isNumber(waiting) || !isNumber(perMinute) || typeof isClosed !== "boolean") return undefined;
      return { type, waiting, perMinute, isClosed };
    }
    case "ack": {
      const { type, ids } = fields;
      return isTexts(ids) ? { type, ids } : undefined;
    }
    case "error": {
      const { type, id, code, detail, retryAfter } = fields;
      if (!isText(code)) return undefined;
      return {
        type,
        code,
        detail: isText(detail) ? detail : "",
        ...(isText(id) && { id }),
        ...(isNumber(retryAfter) && { retryAfter }),
      };
    }
    case "end":
      return { type: fields.type };
    default:
      return undefined;
  }
}
