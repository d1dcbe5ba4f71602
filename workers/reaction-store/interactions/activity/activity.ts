import { createHash } from "node:crypto";
import {
  isSameAnswer,
  readAnswerKey,
  writeAnswerKey,
} from "../../../../shared/interactions/activity/answer-key.ts";
import { isKind, kinds } from "../../../../shared/interactions/activity/kinds/index.ts";
import { ANSWER, PEOPLE, readRoundTopic } from "../../../../shared/interactions/activity/topic.ts";
import type { Interaction } from "../interaction.ts";

/** Characters of an answer that is held as it is: most sentences are, so that most people's own answer is at hand. */
const SHORT = 256;

/** The kind of activity whose answers a topic has; undefined where no kind has this name. */
const findKind = rememberLast((topic) => {
  const round = readRoundTopic(topic);
  return round && isKind(round.kind) ? kinds[round.kind] : undefined;
});

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
  /** A ledger has room for thousands of texts, but not in memory: of what is only read, a digest tells whether it is the same. */
  shorten(topic, key) {
    // Whenever it came: the same answer is as short each time.
    if (key.length - key.indexOf(":") <= SHORT) return key;
    const kind = findKind(topic);
    const answer = kind && readAnswerKey(key);
    if (typeof answer?.value !== "string" || countsAny(kind?.count(answer.value))) return key;
    const digest = createHash("sha256").update(answer.value).digest("base64url");
    return writeAnswerKey({ ...answer, value: digest });
  },
  isOpenEnded: (topic) => findKind(topic)?.isOpenEnded ?? false,
};

const countsAny = (counted: Iterable<unknown> = []) => !counted[Symbol.iterator]().next().done;

/** Answers to one round come by the thousand: what was found of its topic is not looked for again. */
function rememberLast<T>(find: (topic: string) => T): (topic: string) => T {
  let last: { readonly topic: string; readonly found: T } | undefined;
  return (topic) => {
    if (last?.topic !== topic) last = { topic, found: find(topic) };
    return last.found;
  };
}
