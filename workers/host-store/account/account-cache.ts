import * as z from "zod";
import type { HostCache } from "../cache.ts";

/* What is cached of accounts: see `cache.ts` for what may be read from there. */

/** Of a browser that is signed in: who it is. */
export const signInKey = (tokenHash: string): string => `sign-in/${tokenHash}`;

/** Of an account: itself, its passkeys and browsers. */
export const meKey = (account: string): string => `me/${account}`;

/** A browser that was signed out; it may have been signed in to another account than the one that is changed. */
const EndedRow = z.object({ token_hash: z.string(), account: z.string().optional() });

/**
 * After a change of an account, or of who is signed in to it: the cache has nothing of it any more.
 * @param results of the batch; its deletions of `sign_ins` return `token_hash`, and `account` where it may be another one
 */
export async function forgetAccount(
  cache: HostCache,
  account: string,
  results: readonly D1Result[] = [],
): Promise<void> {
  const ended = results
    .flatMap(({ results }) => results ?? [])
    .map((row) => EndedRow.safeParse(row).data)
    .filter((row) => row !== undefined);
  const accounts = new Set([account, ...ended.map((row) => row.account ?? account)]);
  await cache.forget(...[...accounts].map(meKey), ...ended.map(({ token_hash }) => signInKey(token_hash)));
}
