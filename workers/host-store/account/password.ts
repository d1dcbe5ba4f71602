import { Buffer } from "node:buffer";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/*
 * Passwords, as they are kept: `scrypt$N$r$p$salt$hash`, the last two in base64url. What they were hashed with stands
 * beside them, so that it can be raised: a password is hashed anew when its host signs in the next time.
 */

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's second line for scrypt: 16 MiB, and about a quarter of a second of a slow core. */
const COST: Cost = { N: 16_384, r: 8, p: 5 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Twice of what COST takes: what a hash asks for beyond that, no request gets. */
const MEMORY_BYTES = 32 * 2 ** 20;

const STORED = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

/** Nobody's: whoever signs in to no account waits for it as long as for a wrong password. */
const NOBODYS = `scrypt$${COST.N}$${COST.r}$${COST.p}$${"A".repeat(22)}$${"A".repeat(43)}`;

/** What is kept of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, encode(salt), encode(hash)].join("$");
}

/**
 * Whether it is the one that is kept. It takes the same time where nothing is kept, since there is no such account or
 * it has passkeys alone.
 */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, N, r, p, salt = "", hash = ""] = STORED.exec(kept ?? NOBODYS) ?? [];
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const expected = decode(hash);
  const derived = await derive(password, decode(salt), cost);
  const isSame = derived.length === expected.length && timingSafeEqual(derived, expected);
  return isSame && kept !== null;
}

/** Whether it was hashed with less than what is asked for today. */
export const isOutdated = (kept: string): boolean =>
  !kept.startsWith(`scrypt$${COST.N}$${COST.r}$${COST.p}$`);

/**
 * NFC, since one keyboard writes é as one character and another as two. In a Worker one hash is made after the other:
 * however many sign in at once, they take the memory of one.
 */
function derive(password: string, salt: Uint8Array, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: MEMORY_BYTES };
    scrypt(password.normalize("NFC"), salt, HASH_BYTES, options, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

const encode = (bytes: Buffer): string => bytes.toString("base64url");
const decode = (text: string): Buffer => Buffer.from(text, "base64url");
