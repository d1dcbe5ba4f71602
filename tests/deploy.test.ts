import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readWorkers } from "../scripts/workers.ts";
import { hashSecret } from "../workers/lib/random.ts";
import { CloudflareAccount } from "./cloudflare-account.ts";

const DATABASE = "revint-host-store-host-db";
const BUCKET = "revint-host-store-decks";
const RECAPS = "revint-recap-recaps";
const SNAPSHOTS = "revint-automations-snapshots";

let account: CloudflareAccount;
let folder: string;
beforeAll(async () => {
  account = await CloudflareAccount.open();
  folder = await mkdtemp(join(tmpdir(), "revint-deploy-"));
  await mkdir(join(folder, "tmp"));
  await run("keys.ts", "--out", folder);
});
afterAll(async () => {
  account.close();
  await rm(folder, { recursive: true });
});

/** One of the scripts, in that account. */
function run(script: string, ...args: string[]) {
  const env = { ...process.env, ...account.environment, TMPDIR: join(folder, "tmp") };
  return new Promise<{ code: number; said: string; stdout: string }>((done) => {
    const child = execFile(
      process.execPath,
      [resolve("scripts", script), ...args],
      { env, maxBuffer: 2 ** 24 },
      (_error, stdout, stderr) =>
        done({ code: child.exitCode ?? 1, said: stdout + stderr, stdout: stdout.trim() }),
    );
  });
}

const deploy = (...args: string[]) =>
  run("deploy.ts", "--secrets-file", join(folder, ".deploy.vars"), ...args);
/** The Workers that were uploaded: a new one as a script, the next time as a version of it. */
const uploads = () =>
  account.changes.flatMap((change) => {
    const [, name] = /^(?:PUT|POST) \/workers\/scripts\/([\w-]+)(?:\/versions)?$/.exec(change) ?? [];
    return name ?? [];
  });
const getSecrets = (name: string) =>
  (account.workers.get(name) ?? []).flatMap(({ name, type }) => (type === "secret_text" ? [name] : []));

/** What a test finds, it has done itself, or the one before it: a deployment's life, from the first day to the last. */
describe("a deployment", { timeout: 600_000 }, () => {
  test("with secrets of before says what is missing, and how it is added, and uploads nothing", async () => {
    const file = join(folder, "old.vars");
    const text = await readFile(join(folder, ".deploy.vars"), "utf8");
    await writeFile(file, text.replaceAll(/^ISSUER_(PUBLIC_)?KEY="[^"]+"$/gm, ""));
    const { code, said } = await run("deploy.ts", "--secrets-file", file);
    expect(code).toBe(1);
    expect(said).toContain("ISSUER_KEY and ISSUER_PUBLIC_KEY are missing");
    expect(said).toContain("npm run keys -- --issuer");
    expect(account.changes).toEqual([]);
  });

  test("that is not up has no accounts, and says how it gets some", async () => {
    const { code, said } = await run("host.ts", "list", "--remote");
    expect(code).toBe(1);
    expect(said).toContain("They are made by: npm run deploy");
  });

  test("uploads no Worker whose tables can't be made", async () => {
    account.isDatabaseBroken = true;
    const { code, said } = await deploy();
    expect(code).toBe(1);
    expect(said).toContain("the database is out of order");
    expect(said).toContain("revint-host-store was not deployed");
    expect([...account.workers.keys()]).not.toContain("revint-host-store");
    expect([...account.databases.keys()]).toEqual([DATABASE]);
    account.isDatabaseBroken = false;
  });

  test("goes on from there: tables before the Worker that needs them, and a bucket", async () => {
    account.changes.length = 0;
    const { code, said } = await deploy();
    expect(said).toContain("All Workers are up: https://revint-api.ada.workers.dev");
    expect(code).toBe(0);
    expect(uploads()).toEqual(readWorkers().map(({ name }) => name));
    const tables = account.changes.findIndex((change) => /^SQL of [1-9]\d/.test(change));
    expect(tables).toBeGreaterThan(-1);
    expect(tables).toBeLessThan(account.changes.indexOf("PUT /workers/scripts/revint-host-store"));
    expect(account.changes).not.toContain("POST /d1/database");
    expect([...account.buckets.keys()].sort()).toEqual([SNAPSHOTS, BUCKET, RECAPS]);
    expect(account.workers.get("revint-host-store")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "HOST_DB", type: "d1", id: `id-${DATABASE}` }),
        expect.objectContaining({ name: "DECKS", type: "r2_bucket", bucket_name: BUCKET }),
      ]),
    );
  });

  test("gives each Worker its own secrets and no others, and leaves none of them lying about", async () => {
    expect(getSecrets("revint-host-store")).toEqual(["ISSUER_KEY"]);
    expect(getSecrets("revint-api").sort()).toEqual(["ISSUER_PUBLIC_KEY", "PUBLIC_KEY", "SESSION_SECRET"]);
    for (const name of ["session", "user", "reaction"])
      expect(getSecrets(`revint-${name}-store`)).toEqual([]);
    expect(await readdir(join(folder, "tmp"))).toEqual([]);
  });

  test("has no metrics before Analytics Engine is on, and says how it gets some", async () => {
    const { code, said } = await deploy("--metrics");
    expect(code).toBe(1);
    expect(said).toContain("Is it Analytics Engine? Turn it on once");
  });

  test("done again, with metrics, creates nothing else and keeps the secrets it isn't given", async () => {
    account.changes.length = 0;
    account.hasAnalytics = true;
    // As in CI, where there is no such file.
    const empty = join(folder, "empty.vars");
    await writeFile(empty, "");
    const { code, said } = await run("deploy.ts", "--secrets-file", empty, "--metrics");
    expect(said).toContain("All Workers are up: https://revint-api.ada.workers.dev");
    expect(code).toBe(0);
    expect(uploads()).toHaveLength(readWorkers().length);
    expect(
      account.changes.filter((change) => /^(POST \/(d1|r2|storage)|SQL of [1-9]\d)/.test(change)),
    ).toEqual([]);
    for (const { name } of readWorkers()) {
      const dataset = { name: "METRICS", type: "analytics_engine", dataset: "revint" };
      expect([name, account.workers.get(name)]).toEqual([name, expect.arrayContaining([dataset])]);
    }
    expect(await readdir(".")).not.toContain(".metrics.wrangler.json");
    // They have all else that they had.
    expect(getSecrets("revint-host-store")).toEqual(["ISSUER_KEY"]);
    expect(account.databases.size).toBe(1);
  });

  test("has accounts: invited, listed and removed from afar", async () => {
    const url = "https://revint-api.ada.workers.dev";
    const email = "o'brien;--@example.org";
    expect((await run("host.ts", "invite", email, "--url", url)).said).toContain("is no email address");
    const invited = await run("host.ts", "invite", "o'brien@example.org", "--admin", "--url", url);
    const [, secret = ""] =
      /^https:\/\/revint-api\.ada\.workers\.dev\/host#link=([\w-]{43})$/.exec(invited.stdout) ?? [];
    const links = account.databases.get(DATABASE)?.prepare("SELECT * FROM links").all();
    expect(links).toEqual([
      expect.objectContaining({
        secret_hash: await hashSecret(secret),
        kind: "invitation",
        email: "o'brien@example.org",
        role: "admin",
      }),
    ]);
    expect((await run("host.ts", "list", "--remote")).stdout).toContain("o'brien@example.org");
    const { stdout } = await run("host.ts", "remove", "o'brien@example.org", "--remote");
    expect(stdout).toContain("the invitation is taken back");
  });

  test("is taken down, all but a bucket with something in it: how to empty that is said", async () => {
    account.buckets.set(BUCKET, 3).set("somebody-elses", 1);
    const first = await run("destroy.ts", "--yes");
    expect(first.said).toContain(`D1 databases    ${DATABASE}`);
    expect(first.said).toContain("Empty Bucket");
    expect(first.code).toBe(1);
    expect([account.workers.size, account.databases.size, account.namespaces.size]).toEqual([0, 0, 0]);

    account.buckets.set(BUCKET, 0);
    const { code } = await run("destroy.ts", "--yes");
    expect(code).toBe(0);
    expect([...account.buckets.keys()]).toEqual(["somebody-elses"]);
  });
});
