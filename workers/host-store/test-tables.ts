import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as z from "zod";

/** What vitest.config.ts has read of the migrations. */
const Migrations = z.array(z.object({ name: z.string(), queries: z.array(z.string()) }));

await applyD1Migrations(env.HOST_DB, Migrations.parse(Reflect.get(env, "MIGRATIONS")));

// Files share a database: what the one before has left in it is nobody's any more.
const { results } = await env.HOST_DB.prepare(
  `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name <> 'd1_migrations'`,
).all<{ name: string }>();
await env.HOST_DB.batch([
  env.HOST_DB.prepare("PRAGMA defer_foreign_keys = on"),
  ...results.map(({ name }) => env.HOST_DB.prepare(`DELETE FROM ${name}`)),
]);
