import type { RecapDocument } from "../../shared/protocol/recap.ts";
import { JobCancelled } from "../lib/jobs/job.ts";
import { logFailure } from "../lib/log-failure.ts";
import type { RecapRecords } from "./recap-record.ts";
import type { RecapShelf } from "./recap-shelf.ts";

/**
 * The versions of recaps, between R2 and their records: one is put into R2, then the record names it, and then the one
 * before it is deleted. Whatever may be in R2 stands in a record, so that whoever dies in between leaves nothing for good.
 */
export class RecapVersions {
  readonly #shelf: RecapShelf;
  readonly #records: RecapRecords;
  readonly #render: (document: RecapDocument) => string;

  constructor(shelf: RecapShelf, records: RecapRecords, render: (document: RecapDocument) => string) {
    this.#shelf = shelf;
    this.#records = records;
    this.#render = render;
  }

  /** What a version says; undefined when it is not there (any more). */
  async read(session: string, version: string): Promise<string | undefined> {
    return this.#shelf.read(session, version, "json");
  }

  /**
   * From then on it is the one to be read; the one before it is left to `tidy`.
   * @param isWanted asked when it is in R2
   */
  async put(session: string, document: RecapDocument, isWanted: () => boolean = () => true): Promise<void> {
    const { version, by } = document;
    const bodies = { json: JSON.stringify(document), html: this.#render(document) };
    // Noted before it is put there, so that nothing stays that no record names.
    this.#records.change(session, { garbage: [...this.#records.require(session).garbage, version] });
    await this.#shelf.put(session, version, bodies);
    const { version: old, garbage, ...record } = this.#records.require(session);
    if (!isWanted()) throw new JobCancelled("nobody wants it any more");
    const others = garbage.filter((each) => each !== version);
    if (old !== undefined) others.push(old);
    this.#records.put(session, { ...record, version, by, garbage: others });
  }

  /** Deletes what nobody reads: not while a version is being made, which is none of it. */
  async tidy(session: string): Promise<void> {
    const record = this.#records.find(session);
    if (!record || record.state === "making" || record.garbage.length === 0) return;
    await this.#shelf.remove(session, record.garbage);
    const now = this.#records.find(session);
    if (!now) return;
    const garbage = now.garbage.filter((version) => !record.garbage.includes(version));
    this.#records.put(session, { ...now, garbage });
  }

  /** Deletes all of a session, its record last. Asked again, it goes on. */
  async erase(session: string): Promise<void> {
    await this.#shelf.clear(session);
    this.#records.remove(session);
  }

  /** It could not be tidied. Its time to be tried again is set by being written. */
  postpone(session: string, error: unknown): void {
    logFailure("a recap could not be tidied; it is tried again", error);
    const record = this.#records.find(session);
    if (record) this.#records.put(session, record);
  }
}
