import { expect, test } from "vitest";
import { checkBindings, compareBindings, listBindings, listFiles, readUses } from "./bindings.ts";
import { listWorkers } from "./workers.ts";

const config = `
name = "revint-clock"
main = "workers/clock/index.ts"
compatibility_date = "2026-10-15"

[[kv_namespaces]]
binding = "TIMES"

[[durable_objects.bindings]]
name = "CLOCK"
class_name = "Clock"

[[queues.producers]]
binding = "TICKS"
queue = "ticks"

[vars]
ZONE = "UTC"

[secrets]
required = ["KEY"]
`;

function compare(code: string): string[] {
  const [worker] = listWorkers({ "wrangler.recap.toml": config });
  if (!worker) throw new Error("one Worker");
  expect(listBindings(worker)).toEqual(["TIMES", "TICKS", "CLOCK", "ZONE", "KEY"]);
  return compareBindings(worker, new Map([["workers/clock/index.ts", code]]));
}

/** Metrics are optional, and every Worker's. */
const ALL = "env.TIMES; env.TICKS; this.env.CLOCK; c.env.KEY; env.METRICS;\n";

test("what a Worker is bound to, it reads, and the other way round", () => {
  checkBindings();
});

test("what code reads and nothing binds is named with its file and line", () => {
  expect(compare(`${ALL}const { ZONE } = this.env;\n\nenv.BELL.ring();\n`)).toEqual([
    "workers/clock/index.ts:4 reads env.BELL, which wrangler.recap.toml does not bind to revint-clock. Bind it there, or take it out.",
  ]);
});

test("what is bound and nothing reads is named, too; a comment reads nothing", () => {
  const [problem, ...others] = compare(`${ALL}// ZONE is for later\n`);
  expect(problem).toMatch(/binds ZONE to revint-clock, and nothing in workers\/clock reads it/);
  expect(others).toEqual([]);
});

test("a name that is taken out of the environment, or handed on by its type, is read", () => {
  expect(compare(`${ALL}const { ZONE: zone } = c.env;`)).toEqual([]);
  expect(compare(`${ALL}type Zoned = Pick<ClockEnv, "ZONE">;`)).toEqual([]);
  expect(readUses("a.ts", "const {\n  A,\n  B_2: b,\n} = this.#env;").map(({ name }) => name)).toEqual([
    "A",
    "B_2",
  ]);
});

test("a Worker's files are its entry and what runs with it", () => {
  const files = listFiles("api", [
    { file: "workers/api/index.ts", line: 1, target: "workers/api/headers.ts", isTypeOnly: false },
    { file: "workers/api/headers.ts", line: 1, target: "workers/api/problem.ts", isTypeOnly: true },
    { file: "workers/api/headers.ts", line: 2, target: "zod", isTypeOnly: false },
  ]);
  expect(files).toEqual(["workers/api/index.ts", "workers/api/headers.ts"]);
});
