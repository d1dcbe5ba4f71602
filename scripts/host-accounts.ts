import { z } from "zod";
import type { AccountRole } from "../shared/protocol/host/account.ts";
import { DAY_MS, LIMITS } from "../shared/protocol/limits.ts";
import { toEmailKey } from "../workers/lib/host-account.ts";
import { createId, createSecret, hashSecret } from "../workers/lib/random.ts";
import type { HostDatabase } from "./host-database.ts";
import { sql } from "./sql.ts";

/** Rows that one command asks for; it goes on behind the last. */
const PAGE = 500;

/** Lets somebody in once. Its secret stands nowhere else. */
export interface OneTimeSecret {
  readonly secret: string;
  readonly expiresAt: number;
}

const State = z.enum(["none", "there", "deleting"]);
/** What there is under an email. */
export type AccountState = z.infer<typeof State>;

const stateOf = (key: string) => sql`SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM accounts WHERE email_key = ${key}) THEN 'none'
    WHEN EXISTS (SELECT 1 FROM accounts WHERE email_key = ${key} AND deleting_at IS NULL) THEN 'there'
    ELSE 'deleting' END AS state`;

const readState = (rows: unknown): AccountState => z.tuple([z.object({ state: State })]).parse(rows)[0].state;

/** Ends the one-time links of a kind that an email has. */
const endLinks = (key: string, kind: "invitation" | "recovery") =>
  sql`DELETE FROM links WHERE email_key = ${key} AND kind = ${kind}`;

/** Invites somebody who has no account yet; an invitation of before ends. @returns what there is, where there is one already */
export async function invite(
  database: HostDatabase,
  email: string,
  role: AccountRole,
): Promise<OneTimeSecret | Exclude<AccountState, "none">> {
  const key = toEmailKey(email);
  const now = Date.now();
  const link = { secret: createSecret(), expiresAt: now + LIMITS.invitationDays * DAY_MS };
  const [state] = await database.run(
    stateOf(key),
    endLinks(key, "invitation"),
    sql`INSERT INTO links (secret_hash, kind, email, email_key, role, created_at, expires_at)
      SELECT ${await hashSecret(link.secret)}, 'invitation', ${email}, ${key}, ${role}, ${now}, ${link.expiresAt}
      WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE email_key = ${key})`,
  );
  const found = readState(state);
  return found === "none" ? link : found;
}

/** Makes a new way in for an account; a link of before ends. @returns what there is, where there is none */
export async function recover(
  database: HostDatabase,
  email: string,
): Promise<OneTimeSecret | Exclude<AccountState, "there">> {
  const key = toEmailKey(email);
  const now = Date.now();
  const link = { secret: createSecret(), expiresAt: now + LIMITS.recoveryDays * DAY_MS };
  const [state] = await database.run(
    stateOf(key),
    endLinks(key, "recovery"),
    await newRecovery(key, link, now),
  );
  const found = readState(state);
  return found === "there" ? link : found;
}

const newRecovery = async (key: string, { secret, expiresAt }: OneTimeSecret, now: number) =>
  sql`INSERT INTO links (secret_hash, kind, email, email_key, role, created_at, expires_at)
    SELECT ${await hashSecret(secret)}, 'recovery', email, email_key, role, ${now}, ${expiresAt}
    FROM accounts WHERE email_key = ${key} AND deleting_at IS NULL`;

const FIRST = { email: "you@localhost", name: "You" };

/**
 * For a start on one's own computer: where there is no account, there is one for its owner from now on, and as long
 * as nobody has a way into any account, a new link leads into it. A link of before ends.
 * @returns `undefined` when somebody has a way in
 */
export async function offerFirstAccount(database: HostDatabase): Promise<OneTimeSecret | undefined> {
  const key = toEmailKey(FIRST.email);
  const now = Date.now();
  const link = { secret: createSecret(), expiresAt: now + LIMITS.recoveryDays * DAY_MS };
  const isUnused = `NOT EXISTS (SELECT 1 FROM accounts WHERE password IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM passkeys)`;
  const [, , made] = await database.run(
    sql`INSERT INTO accounts (id, email, email_key, name, role, created_at, last_seen_at)
      SELECT ${createId()}, ${FIRST.email}, ${key}, ${FIRST.name}, 'admin', ${now}, ${now}
      WHERE NOT EXISTS (SELECT 1 FROM accounts)`,
    `${endLinks(key, "recovery")} AND ${isUnused}`,
    `${await newRecovery(key, link, now)} AND ${isUnused} RETURNING kind`,
  );
  return made?.length === 1 ? link : undefined;
}

const Removed = z.object({ links: z.number(), admins: z.number() });

/**
 * Marks an account as one that is being erased, signs its browsers out and ends its links; the deployment erases it
 * within minutes. Done again, it changes nothing.
 * @returns what there was, how many open links, and how many admins there are now
 */
export async function remove(
  database: HostDatabase,
  email: string,
): Promise<z.infer<typeof Removed> & { state: AccountState }> {
  const key = toEmailKey(email);
  const account = sql`(SELECT id FROM accounts WHERE email_key = ${key})`;
  const [state, links, , , , admins] = await database.run(
    stateOf(key),
    sql`SELECT count(*) AS links FROM links WHERE email_key = ${key}`,
    sql`UPDATE accounts SET deleting_at = ${Date.now()} WHERE email_key = ${key} AND deleting_at IS NULL`,
    `DELETE FROM sign_ins WHERE account = ${account}`,
    sql`DELETE FROM links WHERE email_key = ${key}`,
    `SELECT count(*) AS admins FROM accounts WHERE role = 'admin' AND deleting_at IS NULL`,
  );
  return { state: readState(state), ...Removed.parse(Object.assign({}, links?.[0], admins?.[0])) };
}

const ListedAccount = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
  isDeleting: z.number(),
  waysIn: z.number(),
  talks: z.number(),
  decks: z.number(),
});
export type ListedAccount = z.infer<typeof ListedAccount>;

/** All accounts, the newest first. */
export async function listAccounts(database: HostDatabase): Promise<ListedAccount[]> {
  const all: ListedAccount[] = [];
  for (;;) {
    const last = all.at(-1);
    const behind = last ? sql`WHERE (created_at, id) < (${last.createdAt}, ${last.id})` : "";
    const [rows] = await database.run(
      `SELECT id, email, name, role, created_at AS createdAt, last_seen_at AS lastSeenAt, deleting_at IS NOT NULL AS isDeleting,
        (password IS NOT NULL) + (SELECT count(*) FROM passkeys WHERE account = accounts.id) AS waysIn,
        talks, decks
      FROM accounts ${behind} ORDER BY created_at DESC, id DESC LIMIT ${PAGE}`,
    );
    const page = z.array(ListedAccount).parse(rows);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

const OpenLink = z.object({ email: z.string(), kind: z.string(), role: z.string(), expiresAt: z.number() });
export type OpenLink = z.infer<typeof OpenLink>;

/** The one-time links that nobody has used yet, those that end first in front: as many as a list shows. */
export async function listLinks(database: HostDatabase): Promise<OpenLink[]> {
  const [rows] = await database.run(
    sql`SELECT email, kind, role, expires_at AS expiresAt FROM links
      WHERE expires_at > ${Date.now()} ORDER BY expires_at LIMIT ${PAGE}`,
  );
  return z.array(OpenLink).parse(rows);
}
