import { isSameAnswer, readAnswerKey } from "../../../../shared/interactions/activity/answer-key.ts";
import { isKind, kinds } from "../../../../shared/interactions/activity/kinds/index.ts";
import { ANSWER, readRoundTopic } from "../../../../shared/interactions/activity/topic.ts";
import type { Interaction } from "../interaction.ts";

/** The key that counts who has answered, whatever they said. */
const PEOPLE = "";

/** The kind of activity whose answers a topic has; undefined where no kind has this name. */
function findKind(topic: string) {
  const round = readRoundTopic(topic);
  return round && isKind(round.kind) ? kinds[round.kind] : undefined;
}

/** A topic is a round of an activity, a key is an answer and when it came. What that counts is its kind's to say. */
export const activity: Interaction = {
  name: ANSWER,
  isSameKey: isSameAnswer,
  *listCounted(topic, key) {
    const kind = findKind(topic);
    const answer = kind && readAnswerKey(key);
    if (!answer) {
      // What is no answer of a kind that is known counts as what it is.
      yield [key, 1];
      return;
    }
    yield [PEOPLE, 1];
    yield* kind.count(answer.value);
  },
  isOpenEnded: (topic) => findKind(topic)?.isOpenEnded ?? false,
};
