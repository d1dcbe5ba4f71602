import { isFields, isNumber, isText, isTexts, parseFields } from "./fields.ts";
import { type Pages, PROBLEM_CODES, type ProblemCode, type ServerMessage } from "./wire.ts";

const codes: ReadonlySet<unknown> = new Set(PROBLEM_CODES);

export const isProblemCode = (value: unknown): value is ProblemCode => codes.has(value);

const isPages = (value: unknown): value is Pages =>
  isFields(value) &&
  Object.values(value).every((counts) => isFields(counts) && Object.values(counts).every(isNumber));

/** Reads a message of the service. What is no message, or one of a later version, is undefined. */
export function readMessage(text: string): ServerMessage | undefined {
  const fields = parseFields(text);
  if (!fields) return undefined;
  switch (fields.type) {
    case "state_change": {
      const { type, page, state, version } = fields;
      return isText(page) && isText(state) && isNumber(version) ? { type, page, state, version } : undefined;
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
    case "ack": {
      const { type, ids } = fields;
      return isTexts(ids) ? { type, ids } : undefined;
    }
    case "error": {
      const { type, id, code, detail, retryAfter } = fields;
      if (!isProblemCode(code)) return undefined;
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
