import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";

interface WriteOptions {
  /** Where it may be begun, which nobody reads and is on the same disk. */
  readonly place?: string;
  /** Who may read it; an existing file's wider permissions don't survive. */
  readonly mode?: number;
}

/** Writes a file in one step, since somebody may be reading it: it is there whole or not at all. */
export async function writeWhole(
  path: string,
  content: string | Buffer,
  { place = path, mode }: WriteOptions = {},
): Promise<void> {
  const draft = `${place}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, content, { flag: "wx", ...(mode !== undefined && { mode }) });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
