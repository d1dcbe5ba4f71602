import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { listWorkers, readWorkers, selectWorker } from "./workers.ts";

/** A Worker by itself, bound to others. */
const alone = (name: string, calls: readonly string[] = [], more = "") => `
  name = "revint-${name}"
  main = "workers/${name}/index.ts"
  compatibility_date = "2026-10-15"
  ${more}
  ${calls.map((callee) => `[[services]]\nbinding = "B"\nservice = "revint-${callee}"`).join("\n")}`;

const list = (files: Readonly<Record<string, string>>) => listWorkers(files).map(({ name }) => name);

describe("the Workers of the wrangler files", () => {
  test("are those of the folders in `workers/`, none before those it calls, and the api last", () => {
    const workers = readWorkers();
    const names = workers.map(({ name }) => name);
    for (const { name, calls } of workers)
      for (const callee of calls) expect(names.indexOf(callee)).toBeLessThan(names.indexOf(name));
    expect(names.at(-1)).toBe("revint-api");
    const folders = readdirSync("workers").filter((folder) => existsSync(`workers/${folder}/index.ts`));
    expect(workers.map(({ folder }) => folder).sort()).toEqual(folders.sort());
  });

  test.each(["README.md", "docs/deployment.md"])("stand in %s as they are deployed", (page) => {
    const written = readFileSync(page, "utf8").matchAll(/^ {4}npx wrangler deploy (-c \S+(?: --env \S+)?)/gm);
    expect([...written].map(([, which]) => which)).toEqual(
      readWorkers().map((worker) => selectWorker(worker).join(" ")),
    );
  });

  test("one with a file of its own is found by that alone, and takes its place behind those it calls", () => {
    expect(
      list({
        "wrangler.a.toml": alone("a", ["recap"]),
        "wrangler.b.toml": alone("b"),
        "wrangler.recap.toml": alone("recap", ["b"]),
      }),
    ).toEqual(["revint-b", "revint-recap", "revint-a"]);
  });

  test("an environment has what stands at the top of its file, and what is its own", () => {
    const [worker] = listWorkers({
      "wrangler.stores.toml": `
        name = "base"
        compatibility_date = "2026-10-15"
        keep_names = true
        [env.poll-store]
        name = "revint-poll-store"
        main = "workers/poll-store/index.ts"
        keep_names = false
        [[env.poll-store.kv_namespaces]]
        binding = "POLL_KV"`,
    });
    expect(worker).toMatchObject({
      name: "revint-poll-store",
      folder: "poll-store",
      environment: "poll-store",
      envInterface: "PollStoreEnv",
      compatibilityDate: "2026-10-15",
      settings: { keep_names: false },
    });
    expect(worker && selectWorker(worker)).toEqual(["-c", "wrangler.stores.toml", "--env", "poll-store"]);
  });

  test("each says what it keeps, under the names that a deploy gives; what is another Worker's is not its own", () => {
    const own = `
      kv_namespaces = [{ binding = "A_KV" }]
      d1_databases = [{ binding = "A_DB", database_name = "talks" }]
      r2_buckets = [{ binding = "DECKS" }]
      queues = { producers = [{ binding = "Q", queue = "outbox" }] }
      durable_objects = { bindings = [
        { name = "ROOM", class_name = "Room" },
        { name = "LEDGER", class_name = "Ledger", script_name = "revint-b" },
      ] }`;
    const found = listWorkers({ "wrangler.a.toml": alone("a", [], own), "wrangler.b.toml": alone("b") });
    expect(found.map(({ name }) => name)).toEqual(["revint-b", "revint-a"]);
    expect(found[1]?.keeps).toEqual([
      { kind: "Durable Object", name: "Room" },
      { kind: "KV namespace", name: "revint-a-a-kv" },
      { kind: "D1 database", name: "talks" },
      { kind: "R2 bucket", name: "revint-a-decks" },
      { kind: "queue", name: "outbox" },
    ]);
  });
});

describe("what is wrong with a wrangler file is said in words:", () => {
  test("Workers that call each other in a circle, by the circle's names and no others", () => {
    const files = {
      "wrangler.a.toml": alone("a", ["b"]),
      "wrangler.b.toml": alone("b", ["c"]),
      "wrangler.c.toml": alone("c", ["b"]),
    };
    expect(() => listWorkers(files)).toThrow("revint-b → revint-c → revint-b");
    expect(() => listWorkers(files)).not.toThrow("revint-a");
  });

  test("a binding to a Worker that nobody describes, by both names and the file", () => {
    expect(() => listWorkers({ "wrangler.a.toml": alone("a", ["b"]) })).toThrow(
      "wrangler.a.toml: revint-a is bound to revint-b, which no wrangler file describes.",
    );
  });

  test("a `main` that is in no folder of workers/", () => {
    expect(() => listWorkers({ "wrangler.a.toml": alone("a").replace("workers/a", "src") })).toThrow(
      "the `main` of revint-a has to be workers/<its folder>/index.ts",
    );
  });

  test("what is no TOML, with the file and the line", () => {
    expect(() => listWorkers({ "wrangler.a.toml": 'name = "a"\nmain =' })).toThrow(
      /wrangler\.a\.toml.*\n.*\n*2:/s,
    );
  });
});
