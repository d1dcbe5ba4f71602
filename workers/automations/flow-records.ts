import * as z from "zod";
import { type Flow, NewFlow } from "../../shared/protocol/flow.schema.ts";
import type { FlowCopy } from "../lib/flow-copy.ts";
import { EMPTY_MEMORY, FlowMemory } from "./match/memory.ts";

/** A flow as it is kept: what its host wrote, what is secret of it, and how it stands. */
const StoredFlow = z.object({
  id: z.string(),
  flow: NewFlow,
  /** Signs its webhooks: it has to be readable for that. */
  signingSecret: z.string().nullable(),
  hookHash: z.string().nullable(),
  failures: z.number(),
  offBecause: z.string().nullable(),
  lastRun: z.number().nullable(),
  /** When the clock sets it off next. */
  dueAt: z.number().nullable(),
});
export type StoredFlow = z.infer<typeof StoredFlow>;

const FIELDS = "id, flow, signingSecret, hookHash, failures, offBecause, lastRun, dueAt";

/** The flows of one session, in the order in which they were written first. */
export class FlowRecords {
  readonly #sql: SqlStorage;
  /** As they stand in SQLite: they are read with every look, and parsed once. */
  #known: StoredFlow[] | undefined;
  /** What flows remember, by id: parsed once, and written once for all events of a turn. */
  readonly #memories = new Map<string, FlowMemory>();
  /** Whose memory is yet to be written. */
  readonly #changed = new Set<string>();

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  createTable(): void {
    this.#sql.exec(`CREATE TABLE IF NOT EXISTS flows (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      flow TEXT NOT NULL,
      signingSecret TEXT,
      hookHash TEXT,
      failures INTEGER NOT NULL DEFAULT 0,
      offBecause TEXT,
      lastRun INTEGER,
      dueAt INTEGER,
      memory TEXT
    )`);
  }

  /** They are erased, or a change was taken back. */
  forgetCache(): void {
    this.#known = undefined;
    this.#memories.clear();
    this.#changed.clear();
  }

  list(): readonly StoredFlow[] {
    this.#known ??= this.#sql
      .exec(`SELECT ${FIELDS} FROM flows ORDER BY seq`)
      .toArray()
      .map((row) => StoredFlow.parse({ ...row, flow: JSON.parse(String(row.flow)) }));
    return this.#known;
  }

  find(id: string): StoredFlow | undefined {
    return this.list().find((each) => each.id === id);
  }

  get enabled(): readonly StoredFlow[] {
    return this.list().filter(({ flow }) => flow.enabled);
  }

  put({ id, flow, ...rest }: StoredFlow): void {
    this.#known = undefined;
    this.#sql.exec(
      `INSERT INTO flows (id, flow, signingSecret, hookHash, failures, offBecause, lastRun, dueAt)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
       ON CONFLICT (id) DO UPDATE SET flow = ?2, signingSecret = ?3, hookHash = ?4, failures = ?5,
         offBecause = ?6, lastRun = ?7, dueAt = ?8`,
      id,
      JSON.stringify(flow),
      rest.signingSecret,
      rest.hookHash,
      rest.failures,
      rest.offBecause,
      rest.lastRun,
      rest.dueAt,
    );
  }

  /** Nothing happens where it is gone. */
  change(id: string, change: Partial<Omit<StoredFlow, "id">>): void {
    const stored = this.find(id);
    if (stored) this.put({ ...stored, ...change });
  }

  remove(id: string): void {
    this.#known = undefined;
    this.#forgetMemory(id);
    this.#sql.exec("DELETE FROM flows WHERE id = ?1", id);
  }

  /** What it remembers of what has happened. */
  getMemory(id: string): FlowMemory {
    const memory = this.#memories.get(id) ?? this.#readMemory(id);
    this.#memories.set(id, memory);
    return memory;
  }

  /** Kept as soon as `keepMemories` writes it, in the same transaction. */
  putMemory(id: string, memory: FlowMemory): void {
    this.#memories.set(id, memory);
    this.#changed.add(id);
  }

  /** Writes what has changed. */
  keepMemories(): void {
    for (const id of this.#changed)
      this.#sql.exec("UPDATE flows SET memory = ?2 WHERE id = ?1", id, JSON.stringify(this.getMemory(id)));
    this.#changed.clear();
  }

  /** As before anything has happened. */
  clearMemory(id: string): void {
    this.#forgetMemory(id);
    this.#sql.exec("UPDATE flows SET memory = NULL WHERE id = ?1", id);
  }

  #readMemory(id: string): FlowMemory {
    const [row] = this.#sql.exec("SELECT memory FROM flows WHERE id = ?1", id).toArray();
    const known = typeof row?.memory === "string" ? FlowMemory.safeParse(JSON.parse(row.memory)) : undefined;
    return known?.data ?? EMPTY_MEMORY;
  }

  #forgetMemory(id: string): void {
    this.#memories.delete(id);
    this.#changed.delete(id);
  }

  /** When the clock sets off the next one. */
  get dueAt(): number | undefined {
    const times = this.enabled.flatMap(({ dueAt }) => dueAt ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  }
}

/** As its hosts read it: nothing that is secret. */
export function toFlow({ id, flow, failures, offBecause, lastRun }: StoredFlow): Flow {
  return {
    ...flow,
    id,
    failures,
    ...(offBecause !== null && { offBecause }),
    ...(lastRun !== null && { lastRun }),
  };
}

/** As it is handed on: how it stands in this session is this session's. */
export const toCopy = ({ id, flow, signingSecret, hookHash }: StoredFlow): FlowCopy => ({
  ...{ id, flow, signingSecret, hookHash },
});
