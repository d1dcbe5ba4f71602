import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkPublicKeys, createKeyPair, createSecret, getPublicKeys } from "./key-pair.ts";
import { writeSecretFile } from "./secret-file.ts";
import { formatSecrets, readSecrets } from "./secrets.ts";

const folder = await mkdtemp(join(tmpdir(), "revint-"));
const file = join(folder, "test.vars");
afterAll(() => rm(folder, { recursive: true }));

test("secrets come back as they were written, several keys and secrets included", async () => {
  const first = await createKeyPair();
  const second = await createKeyPair();
  const secrets = {
    PUBLIC_KEY: first.publicPem + second.publicPem.trim(),
    SESSION_SECRET: `${createSecret()} ${createSecret()}`,
  };
  await writeSecretFile(file, formatSecrets("two lines\nof comment", secrets));
  expect(await readSecrets(file)).toEqual(secrets);
  expect(getPublicKeys(secrets.PUBLIC_KEY)).toHaveLength(2);
});

test("a secret file is for its owner alone, also where one lay open before", async () => {
  await writeFile(file, "", { mode: 0o644 });
  await writeSecretFile(file, "X=1\n");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("a name that doesn't belong there is told, since wrangler would upload it", async () => {
  await writeSecretFile(file, "SESSION_SECRT=typo\n");
  await expect(readSecrets(file)).rejects.toThrow("SESSION_SECRT");
});

test("a private key is never taken for a public one", async () => {
  const { privatePem, publicPem } = await createKeyPair();
  expect(() => checkPublicKeys(publicPem + privatePem, "PUBLIC_KEY")).toThrow("private key");
  expect(() => checkPublicKeys("hello", "PUBLIC_KEY")).toThrow("no public key");
  expect(() => checkPublicKeys(publicPem, "PUBLIC_KEY")).not.toThrow();
});
