import { VOTE } from "../../../../shared/interactions/question/topic.ts";
import type { Interaction } from "../interaction.ts";

/** A topic is a question, and its one key is a vote for it: it replaces, so that whoever wants it answered counts once. */
export const question: Interaction = {
  name: VOTE,
  isSameKey: (a, b) => a === b,
  *listCounted(_, key) {
    yield [key, 1];
  },
  shorten: (_, key) => key,
  isOpenEnded: () => false,
};
