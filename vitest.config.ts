import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { cloudflareTest } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

// Local tracing would write every request, with its uid, to disk.
process.env.X_LOCAL_OBSERVABILITY = "false";

const STORES = "wrangler.stores.toml";

/** A busy machine takes many times as long. The two limits that people are promised stand in their tests. */
const PATIENT = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } };

/** What runs a room as the runtime does; every other test of session-store is of one part alone. */
const WHOLE_ROOMS = "workers/session-store/session-room*.test.ts";

/** A store inside workerd, with its own environment of the stores file. */
const store = (name: string) => ({
  plugins: [cloudflareTest({ wrangler: { configPath: STORES, environment: name } })],
  test: { name, include: [`workers/${name}/**/*.test.ts`], ...PATIENT },
});

/** The real reaction-store, whose ledgers, told so, fail the next calls, or do what they are asked and lose the answer. */
const FAULTY_REACTION_STORE = `
  import { ReactionLedger as Ledger } from "./index.js";
  export { default } from "./index.js";
  export class ReactionLedger extends Ledger {
    failures = 0;
    losses = 0;
    failing() { return this.failures > 0 && this.failures--; }
    losing() { return this.losses > 0 && this.losses--; }
    failNext(calls) { this.failures = calls; }
    loseNext(answers) { this.losses = answers; }
    append(batch) {
      if (this.failing()) throw new Error("the ledger is out");
      const answer = super.append(batch);
      if (this.losing()) throw new Error("the answer is lost");
      return answer;
    }
    uncount(participant, isUncounted) {
      super.uncount(participant, isUncounted);
      if (this.losing()) throw new Error("the answer is lost");
    }
    async erase() {
      if (this.failing()) throw new Error("the ledger is out");
      await super.erase();
    }
    totals() {
      if (this.failing()) throw new Error("the ledger is out");
      return super.totals();
    }
  };`;

/** session-store hands reactions on: its tests have the real reaction-store beside it. */
const sessionStore = {
  plugins: [
    cloudflareTest(async () => {
      const outdir = ".wrangler/test/reaction-store";
      const args = ["deploy", "--dry-run", "-c", STORES, "--env", "reaction-store", "--outdir", outdir];
      await promisify(execFile)("wrangler", args, { shell: process.platform === "win32" });
      return {
        wrangler: { configPath: STORES, environment: "session-store" },
        miniflare: {
          // Small rooms: five people each, two below each.
          bindings: { ROOM_CAPACITY: "5", ROOM_FANOUT: "2" },
          workers: [
            {
              name: "revint-reaction-store",
              modulesRoot: outdir,
              modules: [
                { type: "ESModule", path: `${outdir}/faulty.js`, contents: FAULTY_REACTION_STORE },
                { type: "ESModule", path: `${outdir}/index.js` },
              ],
              compatibilityDate: "2026-10-15",
              compatibilityFlags: ["nodejs_compat"],
              durableObjects: { REACTION_LEDGER: { className: "ReactionLedger", useSQLite: true } },
              kvNamespaces: ["REACTION_KV"],
            },
          ],
        },
      };
    }),
  ],
  test: {
    name: "session-store",
    include: [WHOLE_ROOMS],
    ...PATIENT,
  },
};

export default defineConfig({
  test: {
    projects: [
      store("reaction-store"),
      store("host-store"),
      store("user-store"),
      sessionStore,
      // What needs no workerd around it.
      {
        test: {
          name: "parts",
          include: ["workers/session-store/**/*.test.ts"],
          exclude: [WHOLE_ROOMS],
          // Each puts back what it changes: so they share their modules, which take longer to load than most tests to run.
          isolate: false,
          ...PATIENT,
        },
      },
      { test: { name: "web", include: ["{web,shared,scripts,workers/api}/**/*.test.ts"], ...PATIENT } },
      // Whole stories over all five Workers.
      {
        test: {
          name: "stories",
          include: ["tests/**/*.test.ts"],
          ...PATIENT,
          // Each file starts a deployment of its own, and a browser or a burst wants the machine for itself.
          fileParallelism: false,
        },
      },
    ],
  },
});
