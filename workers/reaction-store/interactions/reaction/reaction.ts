import { foldReaction } from "../../../../shared/interactions/reaction/reaction.ts";
import { REACTION } from "../../../../shared/interactions/reaction/topic.ts";
import type { Interaction } from "../interaction.ts";

/** A topic is a page, a key is a reaction. A keyboard may spell the same one otherwise the second time. */
export const reaction: Interaction = {
  name: REACTION,
  isSameKey: (a, b) => foldReaction(a) === foldReaction(b),
  *listCounted(_, key) {
    yield [key, 1];
  },
  shorten: (_, key) => key,
  // Rooms admit each kind of reaction by itself.
  isOpenEnded: () => false,
};
