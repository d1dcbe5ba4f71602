import { execFile } from "node:child_process";
import { sign } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acceptDeployKey, prepareDevSecrets } from "./dev-secrets.ts";
import { readToken } from "./host-token.ts";
import { createKeyPair, getPublicKeys } from "./key-pair.ts";
import { readVariables } from "./secrets.ts";

const scripts = resolve("scripts");
const home = process.cwd();

/** Each test is a checkout of its own: keys and secrets are looked for where one stands. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-token-"));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

/** One of the scripts, as npm runs it. */
function run(script: string, ...args: string[]) {
  const { PORT: _, HOST: __, ...env } = process.env;
  return new Promise<{ code: number; stdout: string; stderr: string }>((done) => {
    const child = execFile(
      process.execPath,
      [join(scripts, script), ...args],
      { env },
      (_error, stdout, stderr) => done({ code: child.exitCode ?? 1, stdout: stdout.trim(), stderr }),
    );
  });
}

const getLink = (text: string, name: string) => new RegExp(`^ +${name} +(\\S+)$`, "m").exec(text)?.[1] ?? "";

describe("npm run token", () => {
  test("prints the token alone, and beside it links to deck, stage, results and join", async () => {
    await prepareDevSecrets();
    const { stdout, stderr, code } = await run("token.ts", "My talk", "--date", "2026-12-01");
    expect(code).toBe(0);
    expect(readToken(stdout)).toEqual({ name: "My talk", date: "2026-12-01" });
    const here = "http://127.0.0.1:8787";
    const join = new URL(getLink(stderr, "join"));
    expect(join.origin + join.pathname).toBe(`${here}/join`);
    expect(getLink(stderr, "demo deck")).toBe(`${here}/demo#token=${stdout}`);
    expect(getLink(stderr, "stage")).toBe(`${here}/stage${join.search}#token=${stdout}`);
    expect(getLink(stderr, "results")).toBe(`${here}/results${join.search}#token=${stdout}`);
  });

  test("prints nothing secret but the token", async () => {
    await prepareDevSecrets();
    const { stdout, stderr } = await run("token.ts", "My talk");
    const secrets = await readVariables(".dev.vars");
    expect(stdout + stderr).not.toContain(secrets?.SESSION_SECRET);
    expect(stdout + stderr).not.toContain("PRIVATE KEY");
  });

  test("gives a token an end, counted from the talk, and says which", async () => {
    await prepareDevSecrets();
    const args = ["token.ts", "My talk", "--date", "2099-12-01", "--expires", "30d"] as const;
    const [first, second] = [await run(...args), await run(...args)];
    expect(readToken(first.stdout)?.exp).toBe(Date.parse("2100-01-01T12:00:00Z") / 1000);
    expect(first.stdout).toBe(second.stdout);
    expect(first.stderr).toContain("good until 2100-01-01 12:00 UTC");
  });

  test("has no code for phones that only this computer could open, and says how to let them in", async () => {
    await prepareDevSecrets();
    const { code, stdout, stderr } = await run("token.ts", "My talk", "--qr");
    expect(code).toBe(1);
    expect(readToken(stdout)?.name).toBe("My talk");
    expect(stderr).not.toContain("█");
    expect(stderr).toContain("HOST=0.0.0.0 npm start");
  });

  test("has the code of a deployment before anybody has led, once it knows the address", async () => {
    await run("keys.ts");
    const { code, stderr } = await run("token.ts", "My talk", "--qr", "--url", "https://revint.example.org/");
    expect(code).toBe(0);
    expect(getLink(stderr, "join")).toMatch(/^https:\/\/revint\.example\.org\/join\?session=[\w-]{26}$/);
    expect(stderr).toContain("█");
  });

  test("says which file lacks the key when nobody would accept the token", async () => {
    await prepareDevSecrets();
    await run("keys.ts", "--out", "second");
    const { code, stderr } = await run("token.ts", "My talk", "--key", "second/private.pem");
    expect(code).toBe(0);
    expect(stderr).toContain("PUBLIC_KEY in .dev.vars lacks the public half of second/private.pem");
    const dev = await run("token.ts", "My talk", "--url", "https://revint.example.org");
    expect(dev.stderr).toContain(".keys/dev.private.pem is the development key, which opens no deployment");
  });

  test("--verify says who accepts a token, also one that came in several lines", async () => {
    await prepareDevSecrets();
    const { stdout: token } = await run("token.ts", "My talk");
    await run("keys.ts");
    const { code, stdout } = await run("token.ts", "--verify", token.replaceAll(/.{70}/g, "$&\n "));
    expect(code).toBe(0);
    expect(stdout).toContain("good (.keys/dev.public.pem)");
    expect(stdout).toMatch(/npm start +with \.dev\.vars accepts it/);
    expect(stdout).toMatch(/a deployment +with \.deploy\.vars does not accept it/);
  });
});

test("--verify knows a token that a deployment has signed itself, for a talk", async () => {
  await prepareDevSecrets();
  const { ISSUER_KEY = "" } = (await readVariables(".dev.vars")) ?? {};
  const payload = Buffer.from(
    JSON.stringify({ name: "T", date: "D", host: true, talk: "t", id: "i", exp: 9e9 }),
  );
  const signature = sign("sha256", payload, ISSUER_KEY);
  const token = `${payload.toString("base64url")}.${signature.toString("base64url")}`;
  const { code, stdout } = await run("token.ts", "--verify", token);
  expect(stdout).toContain("signature  good (.dev.vars)");
  expect(stdout).toMatch(/npm start +with \.dev\.vars accepts it/);
  expect(code).toBe(0);
});

describe("after npm run keys", () => {
  test("npm start accepts what npm run token signs, and what it signed before", async () => {
    await prepareDevSecrets();
    const { stdout: before } = await run("token.ts", "My talk");
    await run("keys.ts");
    const { stdout: after, stderr } = await run("token.ts", "My talk");
    expect(after).not.toBe(before);
    expect(stderr).toContain("signed with .keys/private.pem");
    for (const token of [before, after]) {
      expect((await run("token.ts", "--verify", token)).stdout).toMatch(/npm start .* accepts it/);
    }
  });

  test("npm start does so too when it comes second, and each key is there once", async () => {
    await run("keys.ts");
    await prepareDevSecrets();
    await prepareDevSecrets();
    const variables = await readVariables(".dev.vars");
    expect(getPublicKeys(variables?.PUBLIC_KEY ?? "")).toHaveLength(2);
  });

  test.each([
    [
      "lines in quotes",
      (pem: string) => `# mine\nPUBLIC_KEY="${pem}"\nSESSION_SECRET=x\nOTHER=-----END PUBLIC KEY-----\n`,
    ],
    [
      "one line in quotes",
      (pem: string) => `SESSION_SECRET=x\nPUBLIC_KEY="${pem.replaceAll("\n", "\\n")}"\nOTHER=1`,
    ],
    ["one line", (pem: string) => `OTHER=1\nPUBLIC_KEY=${pem.replaceAll("\n", "")}\nSESSION_SECRET=x\n`],
    ["JSON", (pem: string) => JSON.stringify({ PUBLIC_KEY: pem, SESSION_SECRET: "x", OTHER: "1" })],
  ])("the rest of a .dev.vars stays as it was written: %s", async (_, write) => {
    const { publicPem } = await createKeyPair();
    const text = write(publicPem);
    await writeFile(".dev.vars", text);
    const before = await readVariables(".dev.vars");
    await run("keys.ts");
    const after = await readVariables(".dev.vars");
    const plain = (pem = "") => getPublicKeys(pem).map((key) => key.replaceAll(/\s/g, ""));
    const added = await readFile(".keys/public.pem", "utf8");
    expect(plain(after?.PUBLIC_KEY)).toEqual([...plain(publicPem), ...plain(added)]);
    expect({ ...after, PUBLIC_KEY: "" }).toEqual({ ...before, PUBLIC_KEY: "" });
  });

  test("a .dev.vars without any key stays as it is", async () => {
    await writeFile(".dev.vars", "PUBLIC_KEY=\nSESSION_SECRET=x\n");
    await run("keys.ts");
    await acceptDeployKey();
    expect(await readFile(".dev.vars", "utf8")).toBe("PUBLIC_KEY=\nSESSION_SECRET=x\n");
  });
});
