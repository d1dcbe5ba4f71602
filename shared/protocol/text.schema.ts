import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { byteLength, hasAtMost, ID, isPlainKey, isWhole } from "./text.ts";

/** A text of 1 to so many characters. */
export const text = (what: string, most: number) =>
  z
    .string()
    .min(1, `${what} is empty`)
    .refine((value) => hasAtMost(value, most), `${what} takes up to ${most} characters`)
    .refine(isWhole, `${what} holds a broken character`)
    .meta({ maxLength: most });

const PLAIN = { not: { const: "__proto__" } };

/** A page of the deck, as its host names it; reveal.js decks use `h.v`. */
export const Page = text("page", LIMITS.textLength).refine(isPlainKey, "page can't be __proto__").meta(PLAIN);

/** A reaction: usually an emoji, but any short text. */
export const Reaction = text("reaction", LIMITS.textLength)
  .refine(isPlainKey, "reaction can't be __proto__")
  .meta(PLAIN);

/** What the host says about the page: any text, often JSON. */
export const StateText = z
  .string()
  .refine((value) => byteLength(value) <= LIMITS.stateBytes, `state takes up to ${LIMITS.stateBytes} bytes`)
  .refine(isWhole, "state holds a broken character")
  .meta({ maxLength: LIMITS.stateBytes, description: `Up to ${LIMITS.stateBytes} bytes of UTF-8.` });

/** `name` and `date` of a token. */
export const Name = text("the text", LIMITS.nameLength);

/** What a client gives a reaction so that sending it twice counts once. */
export const ReactionId = z
  .string()
  .regex(ID, "an id takes visible ASCII characters")
  .max(LIMITS.idLength, `an id takes up to ${LIMITS.idLength} characters`);
