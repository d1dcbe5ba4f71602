import * as z from "zod";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { SecretHash } from "../../lib/host-account.ts";
import { createSecret } from "../../lib/random.ts";

/* What a browser is asked to sign: good once, for minutes, and for nothing but what it was made for. */

/** What a challenge was made for. Of a link it holds the hash. */
export const ChallengePurpose = z.discriminatedUnion("for", [
  z.object({ for: z.literal("sign-in") }),
  /** The account does not exist yet: it will have this id. */
  z.object({
    for: z.literal("sign-up"),
    account: HostId,
    emailKey: z.string(),
    invitation: SecretHash.nullable(),
  }),
  z.object({ for: z.literal("recover"), account: HostId, recovery: SecretHash }),
  z.object({ for: z.literal("add"), account: HostId }),
]);
export type ChallengePurpose = z.infer<typeof ChallengePurpose>;

const Row = z.object({ purpose: z.string() });

/** A new challenge, kept: 256 random bits in base64url. */
export async function createChallenge(
  db: D1Database,
  purpose: ChallengePurpose,
  now: number,
): Promise<string> {
  const challenge = createSecret();
  await db
    .prepare("INSERT INTO challenges (challenge, purpose, expires_at) VALUES (?1, ?2, ?3)")
    .bind(challenge, JSON.stringify(purpose), now + LIMITS.challengeMs)
    .run();
  return challenge;
}

/** What the challenge was made for, if it was and has not been used: it is used up now, whatever comes of it. */
export async function useChallenge<Kind extends ChallengePurpose["for"]>(
  db: D1Database,
  challenge: string,
  kind: Kind,
  now: number,
): Promise<PurposeOf<Kind> | undefined> {
  const found = await db
    .prepare("DELETE FROM challenges WHERE challenge = ?1 AND expires_at > ?2 RETURNING purpose")
    .bind(challenge, now)
    .first();
  if (!found) return undefined;
  const purpose = ChallengePurpose.parse(JSON.parse(Row.parse(found).purpose));
  return isFor(purpose, kind) ? purpose : undefined;
}

export type PurposeOf<Kind> = Extract<ChallengePurpose, { for: Kind }>;

const isFor = <Kind extends ChallengePurpose["for"]>(
  purpose: ChallengePurpose,
  kind: Kind,
): purpose is PurposeOf<Kind> => purpose.for === kind;
