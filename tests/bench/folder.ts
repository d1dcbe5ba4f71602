import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A fresh folder for one run, gone after `close`. */
export class Folder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<Folder> {
    return new Folder(await mkdtemp(join(tmpdir(), "revint-bench-")));
  }

  close(): Promise<void> {
    return rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}
