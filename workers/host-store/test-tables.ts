import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";

declare global {
  interface HostStoreEnv {
    /** Of tests alone: what makes the tables. */
    readonly MIGRATIONS: D1Migration[];
  }
}

const { HOST_DB, MIGRATIONS } = env as HostStoreEnv;
await applyD1Migrations(HOST_DB, MIGRATIONS);
