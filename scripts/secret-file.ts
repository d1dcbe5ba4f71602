import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "./write-whole.ts";

/** Writes a file that only its owner may read. */
export async function writeSecretFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, text, { mode: 0o600 });
}
