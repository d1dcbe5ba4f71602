import { Failure } from "./failure.ts";
import { runWrangler } from "./wrangler.ts";

/** Cloudflare's code for a bucket that somebody has put something into. */
const NOT_EMPTY = /\[code: 10008\]/;

/** The names of all R2 buckets of the account; none where R2 was never turned on. */
export async function listBuckets(): Promise<string[]> {
  const { code, stdout, stderr } = await runWrangler(["r2", "bucket", "list"]);
  if (code === 0) return [...stdout.matchAll(/^name:\s+(\S+)$/gm)].map(([, name = ""]) => name);
  if (/\[code: 10042\]/.test(stderr)) return [];
  throw new Failure(`The R2 buckets can't be listed:\n${stderr}`);
}

/** Deletes a bucket. @returns whether it could: wrangler empties none */
export async function deleteBucket(name: string): Promise<boolean> {
  const { code, stderr } = await runWrangler(["r2", "bucket", "delete", name]);
  if (code === 0) return true;
  if (NOT_EMPTY.test(stderr)) return false;
  throw new Failure(`The R2 bucket ${name} was not deleted:\n${stderr}`);
}
