import { hasAtMost, isSeen } from "../../../../protocol/text.ts";
import type { BaseDefinition } from "../../definition.ts";
import type { Kind } from "../../kind.ts";

/** An open answer, in a sentence or a few. */
export interface OpenText extends BaseDefinition {
  readonly kind: "text";
}

/** Characters of one open answer. */
export const OPEN_TEXT_LENGTH = 1000;

export const text: Kind<OpenText> = {
  getMeaning: () => null,
  accept(_, value) {
    if (typeof value !== "string") return undefined;
    const plain = value.normalize("NFC").trim();
    return isSeen(plain) && hasAtMost(plain, OPEN_TEXT_LENGTH) ? plain : undefined;
  },
  // Texts are read, not counted.
  count: () => [],
  tally: () => ({ counts: {} }),
};
