import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import { createKeyPair } from "./scripts/key-pair.ts";
import { readWorker, readWorkers, selectWorker, type Worker } from "./scripts/workers.ts";

// Local tracing would write every request, with its uid, to disk.
process.env.X_LOCAL_OBSERVABILITY = "false";

// Every process that a test starts loads much of the same.
process.env.NODE_COMPILE_CACHE ??= resolve(".wrangler/compile-cache");

/** A busy machine takes many times as long. The two limits that people are promised stand in their tests. */
const PATIENT = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } };

/** Each file puts back what it changes: so they share their modules and runtimes, which take longer to start than most tests to run. */
const SHARED = { ...PATIENT, isolate: false, maxWorkers: 3 };

/**
 * Of stories it is wrangler's twelve megabytes above all: no helper of theirs remembers anything of a test. What deployments
 * are made of is bundled before the first.
 */
const STORIES = { ...SHARED, globalSetup: ["tests/bundled-workers.ts"] };

/** Stories that measure a time or take much of what the machine has: after all others, and two at a time, since most of them wait for half of theirs. */
const BURSTS = [
  "tests/attack/*.test.ts",
  "tests/{activities-stage,crash,flow-deaths,floods,host-deaths,host-floods,page-times,public-exports,recap-{long,model,queue},slow-readers,soak,tree,votes}.test.ts",
];

/** They wait for much, however short their files are. Begun last, each would keep the others' cores idle. */
const LONG = /\/tests\/(?:deploy|start|package|soak|host-floods|recap-(?:model|queue))\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer["sort"]>[0]) {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: (typeof files)[number]) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** What the tests' workerd reads of a wrangler file. */
const wranglerOf = ({ config, environment }: Worker) => ({
  configPath: config,
  ...(environment !== undefined && { environment }),
});

/** What is named after a Worker's router or its object needs workerd around it; the parts of an object need none. */
const INSIDE = "{index,reaction-ledger,session-room}*.test.ts";

/** A Worker's own tests run inside workerd, with its bindings. */
const insideWorkerd = (worker: Worker) => ({
  plugins: [cloudflareTest({ wrangler: wranglerOf(worker) })],
  test: { name: worker.folder, include: [`workers/${worker.folder}/**/${INSIDE}`], ...SHARED },
});

/** host-store is its tables: all its tests have them, as its migrations make them. */
const hostStore = {
  plugins: [
    cloudflareTest(async () => ({
      wrangler: wranglerOf(readWorker("host-store")),
      miniflare: {
        bindings: {
          ISSUER_KEY: (await createKeyPair()).privatePem,
          MIGRATIONS: await readD1Migrations("workers/host-store/migrations"),
        },
      },
    })),
  ],
  test: {
    name: "host-store",
    include: ["workers/host-store/**/*.test.ts"],
    setupFiles: ["workers/host-store/test-tables.ts"],
    ...SHARED,
  },
};

/** session-store hands reactions on: its tests have reaction-store beside it, with ledgers that fail when told so. */
const sessionStore = {
  plugins: [
    cloudflareTest(async () => {
      const outdir = ".wrangler/test/reaction-store";
      const entry = "workers/reaction-store/faulty-ledger.ts";
      const store = readWorker("reaction-store");
      const args = ["deploy", entry, "--dry-run", ...selectWorker(store), "--outdir", outdir];
      await promisify(execFile)("wrangler", args, { shell: process.platform === "win32" });
      return {
        wrangler: wranglerOf(readWorker("session-store")),
        miniflare: {
          // Small rooms: five people each, two below each.
          bindings: { ROOM_CAPACITY: "5", ROOM_FANOUT: "2" },
          workers: [
            {
              name: store.name,
              modulesRoot: outdir,
              modules: [{ type: "ESModule", path: `${outdir}/faulty-ledger.js` }],
              compatibilityDate: store.compatibilityDate,
              compatibilityFlags: [...store.compatibilityFlags],
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
    include: [`workers/session-store/**/${INSIDE}`],
    ...SHARED,
  },
};

/** recap's writers by themselves: what is told, and who writes it, is as their tests say. */
const recap = {
  plugins: [
    cloudflareTest({
      main: "workers/recap/test-writer.ts",
      wrangler: wranglerOf(readWorker("recap")),
      miniflare: {
        bindings: { POOL_SIZE: "2", MAX_QUEUE_DEPTH: "100" },
        serviceBindings: {
          SESSION_STORE: () => new Response(null, { status: 503 }),
          REACTION_STORE: () => new Response(null, { status: 503 }),
          HOST_STORE: () => new Response(null, { status: 503 }),
        },
      },
    }),
  ],
  test: { name: "recap", include: [`workers/recap/**/${INSIDE}`], ...PATIENT },
};

/** automations' runners by themselves: what happens in the room, and what is done there, is as their tests say. */
const automations = {
  plugins: [
    cloudflareTest({
      main: "workers/automations/test-runner.ts",
      wrangler: wranglerOf(readWorker("automations")),
      miniflare: {
        serviceBindings: {
          SESSION_STORE: () => new Response(null, { status: 503 }),
          RECAP: () => new Response(null, { status: 503 }),
        },
      },
    }),
  ],
  test: { name: "automations", include: [`workers/automations/**/${INSIDE}`], ...PATIENT },
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      ...readWorkers()
        .filter(
          ({ folder }) => !["api", "host-store", "session-store", "recap", "automations"].includes(folder),
        )
        .map(insideWorkerd),
      hostStore,
      sessionStore,
      recap,
      automations,
      // What needs no workerd around it.
      {
        test: {
          name: "parts",
          include: ["workers/{*-store,recap,automations}/**/*.test.ts"],
          exclude: [`**/${INSIDE}`, "workers/host-store/**"],
          ...SHARED,
        },
      },
      {
        test: {
          name: "web",
          include: ["{web,shared,scripts,bench,workers/api,workers/lib}/**/*.test.ts"],
          ...SHARED,
        },
      },
      // Whole stories over all seven Workers. Most of them wait most of the time.
      {
        test: {
          name: "stories",
          include: ["tests/**/*.test.ts"],
          exclude: BURSTS,
          ...STORIES,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "bursts",
          include: BURSTS,
          ...STORIES,
          maxWorkers: 2,
          // Those that are concurrent wait for the service, not for the machine.
          maxConcurrency: 20,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
