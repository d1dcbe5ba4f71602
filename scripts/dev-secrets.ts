import { createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import { errorCode, Failure } from "./failure.ts";
import { isSignedBy, signToken, type TokenPayload } from "./host-token.ts";
import { createKeyPair, createSecret, getPublicKeys, type KeyPair } from "./key-pair.ts";
import { writeSecretFile } from "./secret-file.ts";
import { DEV_SECRETS, formatSecrets, readVariables, SECRETS } from "./secrets.ts";

/** The key pair that `npm start` makes for itself. No deployment knows it. */
export const DEV_PRIVATE_KEY = ".keys/dev.private.pem";
export const DEV_PUBLIC_KEY = ".keys/dev.public.pem";

const comment = `Secrets for \`npm start\` on this computer, made by its first run. Keep this file out of git.
Delete it to have new ones made; sessions on this computer then get new names.`;

/**
 * Makes the development key and secrets where there are none, and touches nothing that is there.
 * @throws Failure when `.dev.vars` lacks one of the secrets
 */
export async function prepareDevSecrets(): Promise<void> {
  const variables = await readVariables(DEV_SECRETS);
  const missing = SECRETS.filter((name) => !variables?.[name]);
  if (missing.length === 0) return;
  if (variables !== undefined) {
    throw new Failure(
      `${DEV_SECRETS} has no ${missing.join(" and no ")}. Add it, or delete the file to have it made anew.`,
    );
  }
  const { privatePem, publicPem } = (await readDevKey()) ?? (await createKeyPair());
  await writeSecretFile(DEV_PRIVATE_KEY, privatePem);
  await writeSecretFile(DEV_PUBLIC_KEY, publicPem);
  await writeSecretFile(
    DEV_SECRETS,
    formatSecrets(comment, { PUBLIC_KEY: publicPem, SESSION_SECRET: createSecret() }),
  );
}

/**
 * Signs a token that this computer's `npm start` accepts; `undefined` when its `.dev.vars`
 * holds someone else's public key, or the development key is gone.
 */
export async function signDevToken(payload: TokenPayload): Promise<string | undefined> {
  const key = await readDevKey();
  if (key === undefined) return undefined;
  const token = await signToken(payload, key.privatePem);
  const variables = await readVariables(DEV_SECRETS);
  for (const publicKey of getPublicKeys(variables?.PUBLIC_KEY ?? "")) {
    if (await isSignedBy(token, publicKey)) return token;
  }
  return undefined;
}

async function readDevKey(): Promise<KeyPair | undefined> {
  try {
    const privatePem = await readFile(DEV_PRIVATE_KEY, "utf8");
    const publicPem = createPublicKey(privatePem).export({ type: "spki", format: "pem" }).toString();
    return { privatePem, publicPem };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new Failure(
      `${DEV_PRIVATE_KEY} can't be read. Delete it and ${DEV_SECRETS} to have both made anew.`,
    );
  }
}
