import type { EntryAuthor } from "../lib/ledger.ts";
import type { Scores } from "../lib/quiz.ts";
import { Totals } from "../lib/totals.ts";
import type { Ledger } from "./ledger-mirror.ts";

type Call = keyof Ledger;
type Batch = Parameters<Ledger["append"]>[0];
type BatchAnswer = Awaited<ReturnType<Ledger["append"]>>;
type Entry = Batch["entries"][number];

/**
 * A ledger in memory that promises what the real one does. A test may put something before a call, or between
 * what it did and its answer: a wait, or a failure.
 */
export class MemoryLedger implements Ledger {
  readonly calls: Call[] = [];
  readonly before: Partial<Record<Call, () => Promise<unknown>>> = {};
  readonly after: Partial<Record<Call, () => Promise<unknown>>> = {};
  epoch = 0;
  seq = 0;
  fence = 0;
  /** The epoch that it was sealed in. */
  sealed: number | undefined;
  /** What its people have in the quiz. */
  points: Scores = [];
  #counts = new Totals();
  #entries = new Map<string, Entry>();
  readonly #excluded = new Set<string>();

  append({ epoch, entries, fence = this.fence }: Batch): Promise<BatchAnswer> {
    return this.#call("append", () => {
      if (epoch < this.epoch) return { kept: false, epoch: this.epoch };
      if (fence !== this.fence) return { kept: false, epoch: this.epoch, fence: this.fence };
      if (epoch > this.epoch) this.#begin(epoch);
      const previous = this.seq;
      const outcomes = entries.map((entry) => this.#keep(entry));
      if (outcomes.includes("new")) this.#advance();
      const topics = this.#counts.pick(new Set(entries.map(({ topic }) => topic)));
      return {
        kept: true,
        outcomes: outcomes.map(() => "kept" as const),
        previous,
        seq: this.seq,
        topics,
        fence: this.fence,
      };
    });
  }

  totals() {
    return this.#call("totals", () => this.#read());
  }

  raiseFence() {
    return this.#call("raiseFence", () => ++this.fence);
  }

  begin(epoch: number) {
    return this.#call("begin", () => {
      if (epoch > this.epoch) this.#begin(epoch);
      return this.#read();
    });
  }

  find(participant: string, id: string) {
    return this.#call("find", () => this.#entries.get(`${participant} ${id}`));
  }

  standing(participant: string, topics: readonly string[]) {
    return this.#call("standing", () => {
      const own = [...this.#entries.values()].filter((entry) => entry.participant === participant);
      const last = new Map(
        own.filter(({ topic }) => topics.includes(topic)).map(({ topic, key }) => [topic, key]),
      );
      return Object.fromEntries([...last].filter(([, key]) => key !== ""));
    });
  }

  findAuthor(topics: readonly string[], number: number): Promise<EntryAuthor> {
    return this.#call("findAuthor", () => {
      const entry = [...this.#entries.values()][number - 1];
      return entry && topics.includes(entry.topic) ? { participant: entry.participant } : "none";
    });
  }

  scores(): Promise<Scores> {
    return this.#call("scores", () => this.points);
  }

  eraseTopics(topics: readonly string[]): Promise<void> {
    return this.#call("eraseTopics", () => {
      for (const [name, { topic }] of this.#entries) if (topics.includes(topic)) this.#entries.delete(name);
      for (const topic of topics) this.#counts.setTopic(topic, {});
      this.fence++;
      this.#advance();
    });
  }

  seal(epoch: number): Promise<void> {
    return this.#call("seal", () => {
      this.sealed = epoch;
    });
  }

  excludeFromTotals(participant: string, isExcluded: boolean): Promise<void> {
    return this.#call("excludeFromTotals", () => {
      if (this.#excluded.has(participant) === isExcluded) return;
      if (isExcluded) this.#excluded.add(participant);
      else this.#excluded.delete(participant);
      for (const { participant: by, topic, key } of this.#entries.values()) {
        if (by === participant) this.#counts.add(topic, key, isExcluded ? -1 : 1);
      }
      this.#advance();
    });
  }

  erase(): Promise<void> {
    return this.#call("erase", () => {
      this.#begin(0);
      this.seq = 0;
      this.fence++;
    });
  }

  async #call<T>(call: Call, work: () => T): Promise<T> {
    this.calls.push(call);
    await this.before[call]?.();
    const answer = work();
    await this.after[call]?.();
    return answer;
  }

  #keep(entry: Entry): "new" | "known" {
    const name = `${entry.participant} ${entry.id}`;
    if (this.#entries.has(name)) return "known";
    this.#entries.set(name, entry);
    if (!this.#excluded.has(entry.participant)) this.#counts.add(entry.topic, entry.key, 1);
    return "new";
  }

  #begin(epoch: number): void {
    this.epoch = epoch;
    this.#counts = new Totals();
    this.#entries = new Map();
    this.#advance();
  }

  #advance(): void {
    this.seq = Math.max(this.seq + 1, Date.now());
  }

  #read() {
    return { epoch: this.epoch, seq: this.seq, fence: this.fence, topics: this.#counts.toJSON() };
  }
}
