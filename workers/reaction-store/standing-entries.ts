/** An entry that stands: what its participant says of a topic, until another one takes its place. */
export interface StandingEntry {
  /** Names it for good: it is the so-many-eth that the ledger has kept, from 1. */
  readonly number: number;
  /** Where it is kept: the time of its batch, and its place in there. */
  readonly seq: number;
  readonly index: number;
  /** As short as its interaction makes it. */
  readonly key: string;
  /** Whether that is all of it; else its batch has the rest. */
  readonly isWhole: boolean;
}

/** Participants whose entries of one topic stand in one row: a checkpoint writes those rows that have changed. */
const CHUNK = 64;

/** What one chunk of participants has standing under a topic. */
export interface StandingChunk {
  readonly topic: string;
  readonly chunk: number;
  readonly entries: readonly (readonly [participant: number, entry: StandingEntry])[];
}

/** What each participant of a ledger has standing under each topic. */
export class StandingEntries {
  readonly #topics = new Map<string, Map<number, StandingEntry>>();
  /** Chunks by topic that are not as the last checkpoint has them. */
  readonly #changed = new Map<string, Set<number>>();
  #changes = 0;

  /** As a checkpoint has them. */
  static from(chunks: Iterable<StandingChunk>): StandingEntries {
    const standing = new StandingEntries();
    for (const { topic, entries } of chunks) {
      for (const [participant, entry] of entries) standing.set(topic, participant, entry);
    }
    standing.takeCheckpoint();
    return standing;
  }

  get(topic: string, participant: number): StandingEntry | undefined {
    return this.#topics.get(topic)?.get(participant);
  }

  set(topic: string, participant: number, entry: StandingEntry): void {
    let entries = this.#topics.get(topic);
    if (!entries) {
      entries = new Map();
      this.#topics.set(topic, entries);
    }
    entries.set(participant, entry);
    this.#note(topic, participant);
  }

  delete(topic: string, participant: number): void {
    const entries = this.#topics.get(topic);
    if (!entries?.delete(participant)) return;
    if (entries.size === 0) this.#topics.delete(topic);
    this.#note(topic, participant);
  }

  /** A topic, without a trace: the caller has taken it out of the checkpoint. */
  deleteTopic(topic: string): void {
    this.#topics.delete(topic);
    this.#changes -= this.#changed.get(topic)?.size ?? 0;
    this.#changed.delete(topic);
  }

  /** Everything under one topic. */
  list(topic: string): Iterable<readonly [participant: number, entry: StandingEntry]> {
    return this.#topics.get(topic) ?? [];
  }

  /** Everything of one participant. */
  *listOf(participant: number): Generator<readonly [topic: string, entry: StandingEntry]> {
    for (const [topic, entries] of this.#topics) {
      const entry = entries.get(participant);
      if (entry) yield [topic, entry];
    }
  }

  /** How many chunks are not as the last checkpoint has them. */
  get changes(): number {
    return this.#changes;
  }

  /** The chunks that are not as the last checkpoint has them; one may be empty. */
  *listChanged(): Generator<StandingChunk> {
    for (const [topic, chunks] of this.#changed) {
      for (const chunk of chunks) {
        const participants = Array.from({ length: CHUNK }, (_, at) => chunk * CHUNK + at);
        const entries = participants.flatMap((participant) => {
          const entry = this.get(topic, participant);
          return entry ? [[participant, entry] as const] : [];
        });
        yield { topic, chunk, entries };
      }
    }
  }

  /** There is a checkpoint of what they are now. */
  takeCheckpoint(): void {
    this.#changed.clear();
    this.#changes = 0;
  }

  #note(topic: string, participant: number): void {
    let chunks = this.#changed.get(topic);
    if (!chunks) {
      chunks = new Set();
      this.#changed.set(topic, chunks);
    }
    const before = chunks.size;
    this.#changes += chunks.add(Math.floor(participant / CHUNK)).size - before;
  }
}
