import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DEV_PRIVATE_KEY, DEV_PUBLIC_KEY, PRIVATE_KEY, PUBLIC_KEY } from "./dev-secrets.ts";
import { Failure } from "./failure.ts";
import { isOfTalk, isSignedBy } from "./host-token.ts";
import { getPublicKeys } from "./key-pair.ts";
import { DEPLOY_SECRETS, DEV_SECRETS, readVariables } from "./secrets.ts";

/** A private key that signs tokens. */
export interface SigningKey {
  readonly file: string;
  readonly pem: string;
  /** It is that of `npm start`, which no deployment knows. */
  readonly isDev: boolean;
  /** Where the secrets of its deployment stand, if they are on this computer. */
  readonly deploySecrets: string;
}

/**
 * The key to sign with: the given one, or that of `npm run keys`, or that of `npm start`.
 * @throws Failure when there is none, or it can't be read
 */
export async function getSigningKey(given: string | undefined): Promise<SigningKey> {
  const file = given ?? [PRIVATE_KEY, DEV_PRIVATE_KEY].find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new Failure(
      "There is no key to sign with yet.\nFor a deployment: npm run keys. For a try on this computer: npm start.",
    );
  }
  const folder = dirname(file);
  return {
    file,
    pem: await readKey(file),
    isDev: file === DEV_PRIVATE_KEY,
    // `npm run keys -- --out folder` puts both into one folder.
    deploySecrets: folder === dirname(PRIVATE_KEY) ? DEPLOY_SECRETS : join(folder, DEPLOY_SECRETS),
  };
}

/** Whether whoever runs with the secrets of this file accepts the token; `undefined`: there is no such file. */
export async function isAcceptedBy(secretsFile: string, token: string): Promise<boolean | undefined> {
  const variables = await readVariables(secretsFile);
  return variables && isSignedByAny(token, getKeys(variables, token));
}

/** The first of the public key files that checks this token. @throws Failure when one holds no key, or there is none */
export async function findPublicKey(token: string, given: string | undefined): Promise<PublicKeySearch> {
  if (given === undefined && isOfTalk(token)) return findIssuer(token);
  const files =
    given === undefined ? [PUBLIC_KEY, DEV_PUBLIC_KEY].filter((file) => existsSync(file)) : [given];
  if (files.length === 0)
    throw new Failure("There is no public key to check with: give one with --key public.pem");
  for (const file of files) {
    const text = await readKey(file);
    if (getPublicKeys(text).length === 0) throw new Failure(`${file} holds no public key.`);
    if (await isSignedByAny(token, text)) return { files, found: file };
  }
  return { files, found: undefined };
}

/** The secrets of the deployment that signed this token itself, if they are on this computer. */
async function findIssuer(token: string): Promise<PublicKeySearch> {
  const files = [DEPLOY_SECRETS, DEV_SECRETS].filter((file) => existsSync(file));
  for (const file of files) if (await isAcceptedBy(file, token)) return { files, found: file };
  return { files, found: undefined };
}

/** The public keys that may have signed it, of those that a deployment knows. */
const getKeys = (
  { PUBLIC_KEY = "", ISSUER_PUBLIC_KEY = "" }: Record<string, string>,
  token: string,
): string => (isOfTalk(token) ? ISSUER_PUBLIC_KEY : PUBLIC_KEY);

interface PublicKeySearch {
  readonly files: readonly string[];
  readonly found: string | undefined;
}

async function isSignedByAny(token: string, publicPem: string): Promise<boolean> {
  for (const key of getPublicKeys(publicPem)) if (await isSignedBy(token, key)) return true;
  return false;
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new Failure(`The key file ${file} can't be read.`);
  }
}
