import { env } from "cloudflare:workers";
import { expect } from "vitest";
import * as z from "zod";

/* What the rows of accounts say that they use, beside what there is. */

const Migrations = z.array(z.object({ name: z.string(), queries: z.array(z.string()) }));

/** Counts what a test has written past the Worker, as its migration counts what was there before it. */
export async function recount(): Promise<void> {
  const { queries } = Migrations.parse(Reflect.get(env, "MIGRATIONS")).find(
    ({ name }) => name === "0005_usage.sql",
  ) ?? { queries: [] };
  const counts = queries.filter((sql) => sql.includes("UPDATE accounts"));
  expect(counts).toHaveLength(1);
  for (const sql of counts) await env.HOST_DB.prepare(sql).run();
}

/** Every account's row says what there is of it. */
export async function expectCounted(): Promise<void> {
  const { results } = await env.HOST_DB.prepare(
    `SELECT id, talks, decks, deck_bytes AS bytes,
       (SELECT count(*) FROM talks WHERE account = accounts.id) AS talksThere,
       (SELECT count(*) FROM decks WHERE account = accounts.id) AS decksThere,
       (SELECT coalesce(sum(file_bytes + picture_bytes), 0) FROM decks WHERE account = accounts.id) AS bytesThere
     FROM accounts`,
  ).all();
  for (const { id, talks, decks, bytes, talksThere, decksThere, bytesThere } of results) {
    expect({ id, talks, decks, bytes }).toEqual({
      id,
      talks: talksThere,
      decks: decksThere,
      bytes: bytesThere,
    });
  }
}
