import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";

/**
 * Writes a file in one step, since somebody may be reading it.
 * @param place where it may be begun, which nobody reads and is on the same disk
 */
export async function writeWhole(path: string, content: string | Buffer, place = path): Promise<void> {
  const draft = `${place}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
