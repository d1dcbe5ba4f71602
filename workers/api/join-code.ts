import { decodeBase64Url } from "hono/utils/encode";
import { JOIN_CODE_DIGITS } from "../../shared/protocol/join-code.ts";
import { JoinTarget, type NewJoinCode, type SealedJoinCode } from "../lib/join-code.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { TtlCache } from "../lib/ttl-cache.ts";
import type { Keyring } from "./keyring.ts";
import type { Stores } from "./stores.ts";

/** How many codes of each length are proposed: that all of them are taken does not happen. */
const PROPOSED = 4;

/** Random codes for a session that has none yet, as its store may know them; the shorter ones first. */
export async function proposeJoinCodes(keyring: Keyring, hash: string): Promise<NewJoinCode[]> {
  const [pad = ""] = await keyring.createJoinPads(hash);
  const lengths = JOIN_CODE_DIGITS.flatMap((digits) => Array<number>(PROPOSED).fill(digits));
  return Promise.all(
    lengths.map(async (digits) => {
      const code = drawCode(digits);
      const [tag = "", ...otherTags] = await keyring.tagJoinCode(code);
      return { tag, sealed: shift(code, readPad(pad)), otherTags };
    }),
  );
}

/** Codes that were opened, by what they were: a hall asks for one within seconds. */
const opened = new TtlCache<string>(60_000, 1000);

/** The code that a session has; `null` where it has none, or no secret of ours has sealed it. */
export async function openJoinCode(
  keyring: Keyring,
  hash: string,
  kept: SealedJoinCode | undefined,
): Promise<string | null> {
  if (!kept) return null;
  const { tag, sealed } = kept;
  const known = opened.get(tag);
  if (known !== undefined) return known;
  for (const pad of await keyring.createJoinPads(hash)) {
    const code = shift(sealed, -readPad(pad));
    if (!(await keyring.tagJoinCode(code)).includes(tag)) continue;
    opened.set(tag, code);
    return code;
  }
  return null;
}

/** Where codes lead, and which code a session has, as far as it was just read. Only what exists is remembered. */
const targets = new TtlCache<string>(10_000, 1000);
const codes = new TtlCache<string>(10_000, 1000);

/** The session that a code leads to; `null`: none. */
export async function findByJoinCode(keyring: Keyring, stores: Stores, code: string): Promise<string | null> {
  const known = targets.get(code);
  if (known !== undefined) return known;
  const session = await readTarget(keyring, stores, code);
  if (session !== null) {
    targets.set(code, session);
    codes.set(session, code);
  }
  return session;
}

/** The session is gone, and its code leads nowhere. */
export function invalidateJoinCode(session: string): void {
  const code = codes.get(session);
  if (code !== undefined) targets.delete(code);
}

async function readTarget(keyring: Keyring, stores: Stores, code: string): Promise<string | null> {
  for (const tag of await keyring.tagJoinCode(code)) {
    const { $get } = stores.sessions["join-code"][":tag"];
    const { session } = await readAnswer(JoinTarget, await $get({ param: { tag } }));
    if (session !== null) return session;
  }
  return null;
}

/** Each code of this length is as likely as any other. */
function drawCode(digits: number): string {
  const first = 10n ** BigInt(digits - 1);
  const [random = 0n] = crypto.getRandomValues(new BigUint64Array(1));
  return String(first + (random % (9n * first)));
}

/** Adds to a number without changing how many digits it has. */
function shift(number: string, by: number): string {
  const all = 10 ** number.length;
  return String((((Number(number) + by) % all) + all) % all).padStart(number.length, "0");
}

/** 8 characters of base64url are 48 bits. */
const readPad = (pad: string): number => decodeBase64Url(pad).reduce((sum, byte) => sum * 256 + byte, 0);
