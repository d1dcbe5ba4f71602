import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as z from "zod";

/** What vitest.config.ts has read of the migrations. */
const Migrations = z.array(z.object({ name: z.string(), queries: z.array(z.string()) }));

await applyD1Migrations(env.HOST_DB, Migrations.parse(Reflect.get(env, "MIGRATIONS")));
