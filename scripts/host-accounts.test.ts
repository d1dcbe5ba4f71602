import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSecret } from "../workers/lib/random.ts";
import { invite, listAccounts, listLinks, offerFirstAccount, recover, remove } from "./host-accounts.ts";
import { LocalDatabase } from "./local-database.ts";
import { sql } from "./sql.ts";

const MIGRATIONS = "workers/host-store/migrations";
const migrations = readdirSync(MIGRATIONS).sort();

let folder: string;
let database: LocalDatabase;
/** The same, to look at what has become of it. */
let raw: DatabaseSync;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-accounts-"));
  const place = join(folder, "v3/d1/miniflare-D1DatabaseObject");
  mkdirSync(place, { recursive: true });
  new DatabaseSync(join(place, "metadata.sqlite")).close();
  raw = new DatabaseSync(join(place, "0123.sqlite"));
  raw.exec("PRAGMA synchronous = OFF; CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT)");
  for (const file of migrations) {
    raw.exec(readFileSync(join(MIGRATIONS, file), "utf8"));
    raw.prepare("INSERT INTO d1_migrations (name) VALUES (?)").run(file);
  }
  const opened = LocalDatabase.open(folder, migrations);
  if (!opened) throw new Error("the database is not found");
  database = opened;
});
afterEach(async () => {
  raw.close();
  database.close();
  await rm(folder, { recursive: true });
});

const addAccount = (email: string, createdAt = 1) =>
  raw
    .prepare(
      `INSERT INTO accounts (id, email, email_key, name, role, created_at, last_seen_at) VALUES (?1, ?1, lower(?1), 'N', 'host', ?2, 1)`,
    )
    .run(email, createdAt);
const list = (table: string) => raw.prepare(`SELECT * FROM ${table}`).all();

test("a database with a table too few is not taken for one that is ready", () => {
  expect(LocalDatabase.open(folder, [...migrations, "9999_more.sql"])).toBeUndefined();
  expect(LocalDatabase.open(join(folder, "elsewhere"), migrations)).toBeUndefined();
});

test("any text is a value, and nothing in it is a statement", async () => {
  const text = `'; DROP TABLE accounts; --\n"\`\\$(rm) 'é👏 /* */ ?1`;
  expect(await database.run(sql`SELECT ${text} AS text, ${-7} AS number`)).toEqual([[{ text, number: -7 }]]);
});

test("of several statements, one that fails takes the others with it", async () => {
  const statements = [sql`DELETE FROM accounts`, "SELECT * FROM nowhere"];
  addAccount("ada@example.org");
  await expect(database.run(...statements)).rejects.toThrow("nowhere");
  expect(list("accounts")).toHaveLength(1);
});

test("the first start makes an account and a link; each start another one, until somebody has a way in", async () => {
  const first = await offerFirstAccount(database);
  const second = await offerFirstAccount(database);
  expect(list("accounts")).toEqual([expect.objectContaining({ role: "admin", password: null })]);
  expect(list("links")).toEqual([
    expect.objectContaining({ kind: "recovery", secret_hash: await hashSecret(second?.secret ?? "") }),
  ]);
  expect(second?.secret).not.toBe(first?.secret);
  expect(JSON.stringify(list("links"))).not.toContain(second?.secret);

  addAccount("grace@example.org");
  raw.exec("UPDATE accounts SET password = 'scrypt$' WHERE email = 'grace@example.org'; DELETE FROM links");
  await recover(database, "you@localhost");
  expect(await offerFirstAccount(database)).toBeUndefined();
  expect(list("links")).toHaveLength(1);
  expect(list("accounts")).toHaveLength(2);
});

test("no first account takes the place of one that is there", async () => {
  addAccount("ada@example.org");
  expect(await offerFirstAccount(database)).toBeUndefined();
  expect(list("accounts")).toHaveLength(1);
});

test("an invitation is for those who have no account; a new one ends the one before", async () => {
  await invite(database, "Ada@Example.org", "host");
  const link = await invite(database, "ada@example.org", "admin");
  if (typeof link === "string") throw new Error(link);
  expect(list("links")).toEqual([
    expect.objectContaining({
      kind: "invitation",
      role: "admin",
      email_key: "ada@example.org",
      expires_at: link.expiresAt,
      secret_hash: await hashSecret(link.secret),
    }),
  ]);
  addAccount("ada@example.org");
  expect(await invite(database, "ADA@example.org", "host")).toBe("there");
  expect(list("links")).toEqual([]);
});

test("a new way in is for an account that is there, and not while it is being erased", async () => {
  expect(await recover(database, "ada@example.org")).toBe("none");
  addAccount("ada@example.org");
  expect(await recover(database, "ADA@example.org")).toMatchObject({ secret: expect.any(String) });
  await remove(database, "ada@example.org");
  expect(await recover(database, "ada@example.org")).toBe("deleting");
  expect(await invite(database, "ada@example.org", "host")).toBe("deleting");
  expect(list("links")).toEqual([]);
});

test("who is removed is signed out everywhere, and marked once", async () => {
  addAccount("ada@example.org");
  addAccount("grace@example.org");
  for (const account of ["ada@example.org", "grace@example.org"]) {
    raw.prepare("INSERT INTO sign_ins VALUES (?1, ?1, ?1, 'b', 1, 1, 9e12)").run(account);
  }
  await recover(database, "ada@example.org");
  expect(await remove(database, "Ada@example.org")).toEqual({ state: "there", links: 1, admins: 0 });
  expect(list("sign_ins")).toEqual([expect.objectContaining({ account: "grace@example.org" })]);
  expect(list("links")).toEqual([]);
  const marked = raw.prepare("SELECT deleting_at FROM accounts WHERE deleting_at IS NOT NULL").all();
  expect(await remove(database, "ada@example.org")).toMatchObject({ state: "deleting" });
  expect(raw.prepare("SELECT deleting_at FROM accounts WHERE deleting_at IS NOT NULL").all()).toEqual(marked);
  expect(await remove(database, "nobody@example.org")).toMatchObject({ state: "none" });
});

test("all accounts are listed, also more than one command gives, the newest first", async () => {
  raw.exec("BEGIN");
  for (let n = 0; n < 1001; n++) addAccount(`a${n}@example.org`, Math.floor(n / 2));
  raw.exec("COMMIT");
  const accounts = await listAccounts(database);
  expect(new Set(accounts.map(({ id }) => id)).size).toBe(1001);
  const ages = accounts.map(({ createdAt }) => createdAt);
  expect(ages).toEqual(ages.toSorted((a, b) => b - a));
  await recover(database, "a7@example.org");
  expect(await listLinks(database)).toEqual([
    expect.objectContaining({ email: "a7@example.org", kind: "recovery" }),
  ]);
});

test("an account is found by an index, whichever of these commands looks for it", async () => {
  const explain = (statement: string) =>
    raw
      .prepare(`EXPLAIN QUERY PLAN ${statement}`)
      .all()
      .map(({ detail }) => String(detail));
  const seen: string[] = [];
  const watched = {
    run: (...statements: readonly string[]) => {
      for (const statement of statements) seen.push(...explain(statement));
      return database.run(...statements);
    },
  };
  addAccount("ada@example.org");
  await invite(watched, "grace@example.org", "host");
  await recover(watched, "ada@example.org");
  await listAccounts(watched);
  await listLinks(watched);
  // The admins that are left are counted one by one: once, when somebody is removed.
  expect(seen.filter((detail) => /^SCAN (?!CONSTANT ROW|.*USING INDEX)/.test(detail))).toEqual([]);
});
