import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { prepareDevSecrets } from "./dev-secrets.ts";
import { checkIssuerPair, createKeyPair, getPublicHalf, getPublicKeys } from "./key-pair.ts";
import { pickSecrets, readSecrets, readVariables } from "./secrets.ts";
import { readWorker } from "./workers.ts";

const keys = resolve("scripts/keys.ts");
const home = process.cwd();

/** Each test is a checkout of its own. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-keys-"));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

/** `npm run keys`; resolves to what it said. */
const run = (...args: string[]) =>
  new Promise<{ code: number; said: string }>((done) => {
    const child = execFile(process.execPath, [keys, ...args], (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? 1, said: stdout + stderr }),
    );
  });

const read = async () => (await readSecrets(".deploy.vars")) ?? {};

describe("npm run keys", () => {
  test("makes both pairs, and each Worker is given its own secrets alone", async () => {
    expect((await run()).code).toBe(0);
    const secrets = await read();
    checkIssuerPair(secrets.ISSUER_KEY ?? "", secrets.ISSUER_PUBLIC_KEY ?? "", "the test");
    expect(Object.keys(pickSecrets(secrets, readWorker("host-store")))).toEqual(["ISSUER_KEY"]);
    expect(Object.keys(pickSecrets(secrets, readWorker("api"))).sort()).toEqual(
      ["ISSUER_PUBLIC_KEY", "PUBLIC_KEY", "SESSION_SECRET"].sort(),
    );
    expect(pickSecrets(secrets, readWorker("session-store"))).toEqual({});
  });

  test("--issuer completes the secrets of before, and changes nothing else", async () => {
    await run();
    const { PUBLIC_KEY, SESSION_SECRET } = await read();
    await writeFile(".deploy.vars", `PUBLIC_KEY="${PUBLIC_KEY}"\nSESSION_SECRET=${SESSION_SECRET}\n`);
    expect((await run("--issuer")).code).toBe(0);
    const secrets = await read();
    expect(secrets).toMatchObject({ PUBLIC_KEY: PUBLIC_KEY?.trim(), SESSION_SECRET });
    checkIssuerPair(secrets.ISSUER_KEY ?? "", secrets.ISSUER_PUBLIC_KEY ?? "", "the test");
  });

  test("--issuer replaces nothing unless told to, and then old links stay good", async () => {
    await run();
    const before = await read();
    const refusal = await run("--issuer");
    expect(refusal).toMatchObject({
      code: 1,
      said: expect.stringContaining("npm run keys -- --issuer --force"),
    });
    expect(await read()).toEqual(before);

    await run("--issuer", "--force");
    const after = await read();
    expect(after.ISSUER_KEY).not.toBe(before.ISSUER_KEY);
    const [first, second] = getPublicKeys(after.ISSUER_PUBLIC_KEY ?? "");
    expect(first).toBe(getPublicHalf(after.ISSUER_KEY ?? "").trim());
    expect(second).toBe(before.ISSUER_PUBLIC_KEY?.trim());
    expect(after).toMatchObject({ PUBLIC_KEY: before.PUBLIC_KEY, SESSION_SECRET: before.SESSION_SECRET });
  });

  test("--force replaces the hosts' pair alone", async () => {
    await run();
    const before = await read();
    await run("--force");
    const after = await read();
    expect(getPublicKeys(after.PUBLIC_KEY ?? "")).toHaveLength(2);
    expect({ ...after, PUBLIC_KEY: "" }).toEqual({ ...before, PUBLIC_KEY: "" });
  });

  test("--issuer says where to begin when there is nothing to complete", async () => {
    expect((await run("--issuer")).said).toContain("Make all of it with: npm run keys");
  });
});

describe("npm start", () => {
  test.each([
    ["lines", (pem: string) => `# mine\nPUBLIC_KEY="${pem}"\nSESSION_SECRET=x\nOTHER=1`],
    ["JSON", (pem: string) => JSON.stringify({ PUBLIC_KEY: pem, SESSION_SECRET: "x", OTHER: "1" })],
  ])("adds the issuer's pair to a .dev.vars of before, whose rest stays: %s", async (_, write) => {
    const text = write((await createKeyPair()).publicPem);
    await writeFile(".dev.vars", text);
    const before = await readVariables(".dev.vars");
    await prepareDevSecrets();
    const after = await readVariables(".dev.vars");
    expect(after).toMatchObject(before ?? {});
    checkIssuerPair(after?.ISSUER_KEY ?? "", after?.ISSUER_PUBLIC_KEY ?? "", "the test");
    if (text.startsWith("#")) expect(await readFile(".dev.vars", "utf8")).toContain(text);

    await prepareDevSecrets();
    expect(await readVariables(".dev.vars")).toEqual(after);
  });

  test("adds the half that is missing, where the other one says which", async () => {
    const { privatePem, publicPem } = await createKeyPair();
    const rest = `PUBLIC_KEY="${publicPem}"\nSESSION_SECRET=x\n`;
    await writeFile(".dev.vars", `${rest}ISSUER_KEY="${privatePem}"\n`);
    await prepareDevSecrets();
    expect((await readVariables(".dev.vars"))?.ISSUER_PUBLIC_KEY).toBe(publicPem.trim());

    await writeFile(".dev.vars", `${rest}ISSUER_PUBLIC_KEY="${publicPem}"\n`);
    await expect(prepareDevSecrets()).rejects.toThrow("has no ISSUER_KEY for its ISSUER_PUBLIC_KEY");
  });
});

test("a pair whose halves don't belong together is found before it is deployed", async () => {
  const [one, other] = await Promise.all([createKeyPair(), createKeyPair()]);
  expect(() => checkIssuerPair(one.privatePem, other.publicPem, "x")).toThrow("is not the public half");
  expect(() => checkIssuerPair(one.publicPem, one.publicPem, "x")).toThrow("is no private key");
  expect(() => checkIssuerPair(one.privatePem, other.publicPem + one.publicPem, "x")).not.toThrow();
});
