import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readAnswerKey } from "../../shared/interactions/activity/answer-key.ts";
import { ANSWER, getRoundTopic, type Round } from "../../shared/interactions/activity/topic.ts";
import type { Entry, LedgerEntry, LedgerPage, ListedStanding, Outcome } from "../lib/ledger.ts";
import { ReactionLedger } from "./reaction-ledger.ts";
import { createRound, open, participant, say } from "./test-ledger.ts";

const PEOPLE = [1, 2, 3, 4];
const LONG = "because it is so ".repeat(20);

const CHOICE = createRound("choice", "poll", 1);
const NEXT = createRound("choice", "poll", 2);
const ONCE = createRound("choice", "quiz", 1);
const WORDS = createRound("words", "thought", 1);
const ORDER = createRound("order", "first", 1);
const TEXT = createRound("text", "why", 1);
const ROUNDS = [CHOICE, NEXT, ONCE, WORDS, ORDER, TEXT];

/** What one answer counts, the plain way. */
function count({ kind }: Round, value: unknown): string[] {
  const all = Array.isArray(value) ? value : [];
  if (kind === "order") return [all[0], ...all.flatMap((id, at) => Array(at + 1).fill(`rank:${id}`))];
  return all;
}

/** The plainest ledger of answers: a list, and what stands is what the list says last. */
class Model {
  kept: { entry: Entry; number: number }[] = [];
  readonly excluded = new Set<string>();
  #numbers = 0;

  add(entry: Entry): Outcome {
    const { topic, key, mode } = entry;
    const said = (text: string) => JSON.stringify(readAnswerKey(text)?.value);
    const known = this.kept.find(
      (one) => one.entry.participant === entry.participant && one.entry.id === entry.id,
    );
    if (known) {
      return known.entry.topic === topic && said(known.entry.key) === said(key) ? "kept" : "conflict";
    }
    const standing = this.getStanding(entry.participant, topic);
    const isAgain = standing !== undefined && said(standing.entry.key) === said(key);
    if (standing && !isAgain && mode === "once") return "fixed";
    const number = ++this.#numbers;
    this.kept.push({ entry: isAgain ? { ...entry, key: standing.entry.key } : entry, number });
    return "kept";
  }

  /** What stands, as it was kept first. */
  getStanding(by: string, topic: string) {
    const own = this.kept.filter(({ entry }) => entry.participant === by && entry.topic === topic);
    const last = own.at(-1);
    if (!last || last.entry.key === "") return undefined;
    const before = own.findLastIndex(({ entry }) => entry.key !== last.entry.key);
    return own[before + 1];
  }

  listStanding(topic: string) {
    const people = new Set(this.kept.map(({ entry }) => entry.participant));
    return [...people]
      .filter((by) => !this.excluded.has(by))
      .flatMap((by) => this.getStanding(by, topic) ?? [])
      .sort((a, b) => a.number - b.number);
  }

  erase(topic: string): void {
    this.kept = this.kept.map(({ entry, number }) => ({
      entry: entry.topic === topic ? { ...entry, key: "" } : entry,
      number,
    }));
  }

  get topics() {
    const topics: Record<string, Record<string, number>> = {};
    for (const round of ROUNDS) {
      const standing = this.listStanding(getRoundTopic(round));
      if (standing.length === 0) continue;
      const counts = new Map([["", standing.length]]);
      for (const { entry } of standing) {
        for (const key of count(round, readAnswerKey(entry.key)?.value)) {
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
      topics[getRoundTopic(round)] = Object.fromEntries(counts);
    }
    return topics;
  }
}

/** One ledger and its model, which must agree whatever is done to both. */
class Pair {
  readonly #state: DurableObjectState;
  readonly #model = new Model();
  #ledger: ReactionLedger;
  #fillings = 0;

  constructor(state: DurableObjectState) {
    this.#state = state;
    this.#ledger = new ReactionLedger(state, env);
    this.#ledger.begin(1);
    // With so many before them, two of the people stand in one row of a checkpoint, and two in the next one.
    this.append(Array.from({ length: 61 }, (_, at) => say(100 + at, "nothing", TEXT, null)));
    this.append(PEOPLE.map((by) => say(by, "nothing", TEXT, null)));
  }

  append(entries: readonly Entry[]): void {
    const given = this.#ledger.append({ epoch: 1, entries });
    expect(given).toMatchObject({ outcomes: entries.map((entry) => this.#model.add(entry)) });
    if (!given.kept) return;
    for (const [topic, counts] of Object.entries(given.topics)) {
      expect(counts).toEqual(this.#model.topics[topic] ?? {});
    }
  }

  exclude(by: number, isExcluded: boolean): void {
    const name = participant(by);
    this.#ledger.excludeFromTotals(name, isExcluded);
    if (!this.#model.kept.some(({ entry }) => entry.participant === name)) return;
    if (isExcluded) this.#model.excluded.add(name);
    else this.#model.excluded.delete(name);
  }

  forget(by: number): void {
    this.#ledger.forget(participant(by));
  }

  erase(round: Round): void {
    this.#ledger.eraseTopics([getRoundTopic(round)]);
    this.#model.erase(getRoundTopic(round));
  }

  /** So many batches that there is a checkpoint among them. */
  fill(by: number): void {
    const name = ++this.#fillings;
    for (let i = 0; i < 130; i++) {
      this.append([
        say(by, `fill-${name}-${i}`, i % 2 === 0 ? WORDS : TEXT, i % 2 === 0 ? [`${i % 3}`] : `${i}`),
      ]);
    }
  }

  start(): void {
    this.#ledger = new ReactionLedger(this.#state, env);
  }

  check(): void {
    expect(this.#ledger.totals().topics).toEqual(this.#model.topics);
    const topics = ROUNDS.map(getRoundTopic);
    for (const by of PEOPLE.map(participant)) {
      const standing = topics.flatMap((topic) => {
        const one = this.#model.getStanding(by, topic);
        return one ? [[topic, one.entry.key]] : [];
      });
      expect(this.#ledger.standing(by, topics)).toEqual(Object.fromEntries(standing));
    }
    const kept = this.#model.kept.map(({ entry: { topic, key, id } }) => ({ topic, key, id }));
    expect(this.#listKept().map(({ topic, key, id }) => ({ topic, key, id }))).toEqual(kept);
    for (const topic of topics) {
      const expected = this.#model.listStanding(topic).map(({ entry, number }) => [number, entry.key]);
      expect(this.#list(topic).map(({ number, key }) => [number, key])).toEqual(expected);
    }
  }

  #listKept(): LedgerEntry[] {
    const all: LedgerEntry[] = [];
    for (let cursor: string | undefined = "0.0"; cursor !== undefined; ) {
      const page: LedgerPage = this.#ledger.list({ interaction: ANSWER, limit: 1000, cursor });
      all.push(...page.entries);
      cursor = page.cursor;
    }
    return all;
  }

  #list(topic: string): ListedStanding[] {
    const all: ListedStanding[] = [];
    for (let cursor: number | undefined = 0; cursor !== undefined; ) {
      const page = this.#ledger.listStanding({ topic, cursor, limit: 2 });
      all.push(...page.entries);
      cursor = page.cursor;
    }
    return all;
  }
}

const Someone = fc.constantFrom(...PEOPLE);
const Id = fc.constantFrom(..."abcdefghijklmnop");
const Ids = fc.uniqueArray(fc.constantFrom("x", "y", "constructor"), { minLength: 1 });
const answerTo = (
  round: Round,
  value: fc.Arbitrary<string | string[] | null>,
  mode: Entry["mode"] = "replace",
) =>
  fc
    .tuple(Someone, Id, value, fc.constantFrom(0, 700, 61_000))
    .map(([by, id, given, elapsedMs]) => say(by, id, round, given, { elapsedMs, mode }));
const orNothing = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 5 });
const AnEntry = fc.oneof(
  answerTo(CHOICE, orNothing(Ids)),
  answerTo(NEXT, orNothing(Ids)),
  answerTo(ONCE, orNothing(Ids), "once"),
  // The host lets answers be changed while it runs.
  answerTo(ONCE, orNothing(Ids)),
  answerTo(WORDS, orNothing(Ids)),
  answerTo(ORDER, orNothing(fc.shuffledSubarray(["x", "y", "z"], { minLength: 3 }))),
  answerTo(TEXT, orNothing(fc.constantFrom("short", LONG, `${LONG}!`))),
);
const Entries = fc.array(AnEntry, { maxLength: 8 });
const step = <T>(weight: number, given: fc.Arbitrary<T>, run: (pair: Pair, given: T) => void) => ({
  weight,
  arbitrary: given.map((value) => ({ run: (pair: Pair) => run(pair, value), value, name: run.toString() })),
});
const Step = fc.oneof(
  step(10, Entries, (pair, entries) => pair.append(entries)),
  step(3, fc.tuple(Someone, fc.boolean()), (pair, given) => pair.exclude(...given)),
  step(1, Someone, (pair, by) => pair.forget(by)),
  step(1, fc.constantFrom(...ROUNDS), (pair, round) => pair.erase(round)),
  step(1, Someone, (pair, by) => pair.fill(by)),
  step(4, fc.constant(undefined), (pair) => pair.start()),
);

test("what a ledger counts, lists and says of each person is what a plain list of answers says: through changes, taking back, exclusions, forgetting, erasing and starts", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 20, maxLength: 40 }), async (steps) => {
      await runInDurableObject(open().stub(), (_, state) => {
        const pair = new Pair(state);
        for (const each of steps) {
          each.run(pair);
          pair.check();
        }
        pair.start();
        pair.check();
      });
    }),
    { numRuns: 40 },
  );
});
