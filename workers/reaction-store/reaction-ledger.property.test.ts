import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { foldReaction } from "../../shared/interactions/reaction/reaction.ts";
import { getTopicName } from "../../shared/interactions/topic.ts";
import type { Batch, BatchAnswer, Entry, Outcome } from "../lib/ledger.ts";
import { ReactionLedger } from "./reaction-ledger.ts";
import { answer, open, participant, REACTIONS, reaction } from "./test-ledger.ts";

const PEOPLE = [1, 2, 3, 4];
const IDS = ["a", "b", "c", "d", "e", "f", "g", "h"];
const NAMES = ["1", "answer:1", "constructor"];

/** The plainest ledger: a list, and everything is worked out from all of it. */
class Model {
  epoch = 0;
  kept: Entry[] = [];
  readonly excluded = new Set<string>();

  begin(epoch: number): void {
    if (epoch <= this.epoch) return;
    this.epoch = epoch;
    this.kept = [];
    this.excluded.clear();
  }

  find(by: string, id: string): Entry | undefined {
    return this.kept.find((entry) => entry.participant === by && entry.id === id);
  }

  /** Takes one entry in, unless the ledger could not keep it. */
  add(entry: Entry, isKept = true): Outcome {
    const earlier = this.find(entry.participant, entry.id);
    if (!earlier) {
      if (isKept) this.kept.push(entry);
      return "kept";
    }
    const spell = (text: string) =>
      getTopicName("reaction", entry.topic) === undefined ? text : foldReaction(text);
    return earlier.topic === entry.topic && spell(earlier.key) === spell(entry.key) ? "kept" : "conflict";
  }

  get topics(): Record<string, Record<string, number>> {
    const counted = this.kept.filter(({ participant: by }) => !this.excluded.has(by));
    const replaced = (entry: Entry, index: number) =>
      counted
        .slice(index + 1)
        .some((one) => one.participant === entry.participant && one.topic === entry.topic);
    const topics: Record<string, Record<string, number>> = {};
    counted.forEach((entry, index) => {
      if (entry.mode === "replace" && (entry.key === "" || replaced(entry, index))) return;
      const keys = topics[entry.topic] ?? {};
      topics[entry.topic] = keys;
      keys[entry.key] = (Object.hasOwn(keys, entry.key) ? (keys[entry.key] ?? 0) : 0) + 1;
    });
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
  }

  append(entries: readonly Entry[], epochs: number): void {
    const batch: Batch = { epoch: this.#model.epoch + epochs, entries };
    // A ledger that nobody wrote to has no epoch before.
    if (batch.epoch <= 0) return;
    const given = this.#ledger.append(batch);
    if (batch.epoch < this.#model.epoch) {
      expect(given).toEqual({ kept: false, epoch: this.#model.epoch });
      return;
    }
    this.#model.begin(batch.epoch);
    expect(this.#readOutcomes(given)).toEqual(entries.map((entry) => this.#model.add(entry)));
  }

  /** One of its statements fails. */
  appendFailing(entries: readonly Entry[], statement: number): void {
    const batch: Batch = { epoch: Math.max(1, this.#model.epoch), entries };
    const isFirst = this.#model.epoch === 0;
    const given = this.#failing(statement, () => this.#ledger.append(batch));
    if (given) this.#model.begin(batch.epoch);
    // It may have begun, and then kept nothing.
    else if (isFirst) this.#model.begin(this.#ledger.totals().epoch);
    if (!given) return;
    const outcomes = this.#readOutcomes(given);
    entries.forEach((entry, index) => {
      const isUnavailable = outcomes[index] === "unavailable";
      const expected = this.#model.add(entry, !isUnavailable);
      if (!isUnavailable) expect(outcomes[index]).toBe(expected);
    });
  }

  exclude(by: number, isExcluded: boolean, statement?: number): void {
    const name = participant(by);
    const run = () => {
      this.#ledger.excludeFromTotals(name, isExcluded);
      return true;
    };
    if (!(statement === undefined ? run() : this.#failing(statement, run))) return;
    if (!this.#model.kept.some((entry) => entry.participant === name)) return;
    if (isExcluded) this.#model.excluded.add(name);
    else this.#model.excluded.delete(name);
  }

  forget(by: number, statement?: number): void {
    const run = () => this.#ledger.forget(participant(by));
    if (statement === undefined) run();
    else this.#failing(statement, run);
  }

  begin(epochs: number): void {
    const epoch = this.#model.epoch + epochs;
    this.#ledger.begin(epoch);
    this.#model.begin(epoch);
  }

  /** So many batches that there is a checkpoint among them. */
  fill(by: number, entry: (by: number, id: string, key: string) => Entry): void {
    const name = ++this.#fillings;
    for (let i = 0; i < 130; i++) this.append([entry(by, `fill-${name}-${i}`, `${i % 3}`)], 0);
  }

  restart(): void {
    this.#ledger = new ReactionLedger(this.#state, env);
  }

  check(): void {
    const { epoch, topics } = this.#ledger.totals();
    expect(epoch).toBe(this.#model.epoch);
    expect(topics).toEqual(this.#model.topics);
    for (const by of PEOPLE) {
      const found = IDS.map((id) => this.#ledger.find(participant(by), id));
      const kept = IDS.map((id) => this.#model.find(participant(by), id));
      expect(found).toEqual(
        kept.map((entry) => entry && { topic: entry.topic, key: entry.key, mode: entry.mode }),
      );
    }
    const listed = ["reaction", "answer"].flatMap((interaction) => this.#list(interaction));
    const names = ({ topic, key, id }: Pick<Entry, "topic" | "key" | "id">) => `${topic} ${key} ${id}`;
    expect(listed.map(names).sort()).toEqual(this.#model.kept.map(names).sort());
    const inBuckets = this.#ledger.buckets("reaction", 1000).reduce((sum, { count }) => sum + count, 0);
    const added = this.#model.kept.filter(
      ({ participant: by, mode }) => mode === "add" && !this.#model.excluded.has(by),
    );
    expect(inBuckets).toBe(added.length);
  }

  #list(interaction: string) {
    const entries = [];
    let cursor: string | undefined = "0.0";
    while (cursor !== undefined) {
      const page = this.#ledger.list({ ...REACTIONS, interaction, cursor });
      entries.push(...page.entries);
      cursor = page.cursor;
    }
    return entries;
  }

  #readOutcomes(given: BatchAnswer): readonly Outcome[] {
    if (!given.kept) throw new Error("not kept");
    for (const [topic, counts] of Object.entries(given.topics)) {
      expect(this.#ledger.totals().topics[topic] ?? {}).toEqual(counts);
    }
    return given.outcomes;
  }

  /** @returns undefined when it failed */
  #failing<T>(statement: number, run: () => T): T | undefined {
    const { sql } = this.#state.storage;
    const exec = sql.exec.bind(sql);
    let statements = 0;
    const spy = vi.spyOn(sql, "exec").mockImplementation((query, ...values) => {
      if (statements++ === statement) throw new Error("failed");
      return exec(query, ...values);
    });
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    try {
      return run();
    } catch (error) {
      expect(error).toMatchObject({ message: "failed" });
      return undefined;
    } finally {
      spy.mockRestore();
      warn.mockRestore();
    }
  }
}

const Someone = fc.constantFrom(...PEOPLE);
const Id = fc.constantFrom(...IDS);
const Name = fc.constantFrom(...NAMES);
const AnEntry = fc.oneof(
  fc
    .tuple(Someone, Id, Name, fc.constantFrom("❤", "❤\ufe0f", "x", "constructor"))
    .map(([by, id, page, text]) => reaction(by, id, page, text)),
  fc
    .tuple(Someone, Id, fc.constantFrom("yes", "no", "", "constructor"), Name)
    .map(([by, id, key, name]) => answer(by, id, key, name)),
);
const Entries = fc.array(AnEntry, { maxLength: 8 });
const Statement = fc.integer({ min: 0, max: 12 });
const step = <T>(weight: number, given: fc.Arbitrary<T>, run: (pair: Pair, given: T) => void) => ({
  weight,
  arbitrary: given.map((value) => ({ run: (pair: Pair) => run(pair, value), value, name: run.toString() })),
});
const Step = fc.oneof(
  step(8, Entries, (pair, entries) => pair.append(entries, 0)),
  step(3, fc.tuple(Entries, Statement), (pair, given) => pair.appendFailing(...given)),
  step(1, fc.tuple(Entries, fc.constantFrom(-1, 1)), (pair, given) => pair.append(...given)),
  step(2, fc.tuple(Someone, fc.boolean()), (pair, given) => pair.exclude(...given)),
  step(1, fc.tuple(Someone, fc.boolean(), Statement), (pair, given) => pair.exclude(...given)),
  step(2, Someone, (pair, by) => pair.forget(by)),
  step(1, fc.tuple(Someone, Statement), (pair, given) => pair.forget(...given)),
  step(1, fc.constantFrom(0, 1), (pair, epochs) => pair.begin(epochs)),
  step(1, Someone, (pair, by) => pair.fill(by, (who, id, key) => reaction(who, id, "1", key))),
  step(1, Someone, (pair, by) => pair.fill(by, (who, id, key) => answer(who, id, key))),
  step(4, fc.constant(undefined), (pair) => pair.restart()),
);

test("a ledger is what a plain list would be: through starts, exclusions, forgetting, restarts and failed writes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 20, maxLength: 40 }), async (steps) => {
      await runInDurableObject(open().stub(), (_, state) => {
        const pair = new Pair(state);
        for (const each of steps) {
          each.run(pair);
          pair.check();
        }
        pair.restart();
        pair.check();
      });
    }),
    { numRuns: 60 },
  );
});
