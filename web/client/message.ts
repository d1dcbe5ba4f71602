import { type Fields, isFields, isNumber, isText, isTexts, parseFields } from "./fields.ts";
import {
  type Burst,
  type Pages,
  PROBLEM_CODES,
  type ProblemCode,
  type Rules,
  type ServerMessage,
} from "./wire.ts";

const codes: ReadonlySet<unknown> = new Set(PROBLEM_CODES);

export const isProblemCode = (value: unknown): value is ProblemCode => codes.has(value);

const isPages = (value: unknown): value is Pages =>
  isFields(value) &&
  Object.values(value).every((counts) => isFields(counts) && Object.values(counts).every(isNumber));

const isBurst = (value: unknown): value is Burst =>
  isFields(value) &&
  isText(value.participant) &&
  isText(value.page) &&
  isText(value.reaction) &&
  isNumber(value.count);

/** The rules in these fields; undefined where they are none. */
export function readRules({ paused, reactions, pages }: Fields): Rules | undefined {
  if (typeof paused !== "boolean" || !(reactions === null || isTexts(reactions))) return undefined;
  if (!isFields(pages)) return undefined;
  const allowed: Record<string, string[]> = {};
  for (const [page, texts] of Object.entries(pages)) {
    if (!isTexts(texts)) return undefined;
    allowed[page] = texts;
  }
  return { paused, reactions, pages: allowed };
}

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
