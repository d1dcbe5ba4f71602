import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A fresh folder for one run, gone after `close`. */
export class Folder {
  readonly path: string;

  readonly #remove = () => rmSync(this.path, { recursive: true, force: true });

  private constructor(path: string) {
    this.path = path;
    process.once("exit", this.#remove);
  }

  static async create(): Promise<Folder> {
    return new Folder(await mkdtemp(join(tmpdir(), "revint-bench-")));
  }

  close(): Promise<void> {
    process.off("exit", this.#remove);
    return rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}
