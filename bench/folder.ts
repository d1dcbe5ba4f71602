import { existsSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Memory as files, on every Linux that matters. */
const SHARED_MEMORY = "/dev/shm";

/** A fresh folder for one run, gone after `close`. */
export class Folder {
  readonly path: string;

  readonly #remove = () => rmSync(this.path, { recursive: true, force: true });

  private constructor(path: string) {
    this.path = path;
    process.once("exit", this.#remove);
  }

  /** @param parent where it is made */
  static async create(parent = tmpdir()): Promise<Folder> {
    return new Folder(await mkdtemp(join(parent, "revint-bench-")));
  }

  /** In memory, where the system has a place for that: what is in it waits for no disk. */
  static createInMemory(): Promise<Folder> {
    return Folder.create(existsSync(SHARED_MEMORY) ? SHARED_MEMORY : undefined);
  }

  close(): Promise<void> {
    process.off("exit", this.#remove);
    return rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}
