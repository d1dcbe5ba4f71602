import { readFile, utimes } from "node:fs/promises";
import { errorCode, Failure } from "./failure.ts";
import { isSignedBy, signToken, type TokenPayload } from "./host-token.ts";
import {
  createIssuer,
  createKeyPair,
  createSecret,
  getPublicHalf,
  getPublicKeys,
  type KeyPair,
} from "./key-pair.ts";
import { writeSecretFile } from "./secret-file.ts";
import { addVariables, DEV_SECRETS, formatSecrets, readVariables } from "./secrets.ts";
import { readApi } from "./workers.ts";

/** The key pair of `npm run keys`, for a deployment. */
export const PRIVATE_KEY = ".keys/private.pem";
export const PUBLIC_KEY = ".keys/public.pem";

/** The key pair that `npm start` makes for itself. No deployment knows it. */
export const DEV_PRIVATE_KEY = ".keys/dev.private.pem";
export const DEV_PUBLIC_KEY = ".keys/dev.public.pem";

const comment = `Secrets for \`npm start\` on this computer, made by its first run. Keep this file out of git.
Delete it to have new ones made; sessions on this computer then get new names.`;

const issuerComment = "The key that signs the tokens of talks made in the console, and its public half.";

/**
 * Makes the development key and secrets where there are none. What is there stays, and two things are added: the pair
 * for the tokens of talks, which files of before don't have, and the key that `npm run token` signs with by default.
 * @throws Failure when `.dev.vars` lacks one of the other secrets
 */
export async function prepareDevSecrets(): Promise<void> {
  const variables = await readVariables(DEV_SECRETS);
  await (variables === undefined ? makeDevSecrets() : completeDevSecrets(variables));
  await acceptDeployKey();
}

async function makeDevSecrets(): Promise<void> {
  const { privatePem, publicPem } = (await readDevKey()) ?? (await createKeyPair());
  await writeSecretFile(DEV_PRIVATE_KEY, privatePem);
  await writeSecretFile(DEV_PUBLIC_KEY, publicPem);
  const secrets = { PUBLIC_KEY: publicPem, SESSION_SECRET: createSecret(), ...(await createIssuer()) };
  await writeSecretFile(DEV_SECRETS, formatSecrets(comment, secrets));
}

async function completeDevSecrets(variables: Readonly<Record<string, string>>): Promise<void> {
  const { PUBLIC_KEY, SESSION_SECRET, ISSUER_KEY, ISSUER_PUBLIC_KEY } = variables;
  const missing = Object.entries({ PUBLIC_KEY, SESSION_SECRET }).flatMap(([name, it]) => (it ? [] : [name]));
  // A public half alone is good for nothing; nobody can make the other one for it.
  if (ISSUER_PUBLIC_KEY && !ISSUER_KEY) missing.push("ISSUER_KEY for its ISSUER_PUBLIC_KEY");
  if (missing.length > 0) {
    throw new Failure(
      `${DEV_SECRETS} has no ${missing.join(" and no ")}. Add it, or delete the file to have it made anew.`,
    );
  }
  if (ISSUER_PUBLIC_KEY) return;
  const added = ISSUER_KEY ? { ISSUER_PUBLIC_KEY: halfOf(ISSUER_KEY) } : await createIssuer();
  const text = await readFile(DEV_SECRETS, "utf8");
  await writeSecretFile(DEV_SECRETS, addVariables(text, issuerComment, added));
}

function halfOf(privatePem: string): string {
  try {
    return getPublicHalf(privatePem);
  } catch {
    throw new Failure(`ISSUER_KEY in ${DEV_SECRETS} can't be read. Delete its lines to have it made anew.`);
  }
}

/**
 * Adds the public key of `npm run keys`, once there is one, to those of `.dev.vars`: from then on `npm run token`
 * signs with that pair, also for a try on this computer. A server that runs is made to read the file anew.
 */
export async function acceptDeployKey(): Promise<void> {
  const text = await readFile(DEV_SECRETS, "utf8").catch(() => undefined);
  const [key] = getPublicKeys(await readFile(PUBLIC_KEY, "utf8").catch(() => ""));
  if (text === undefined || key === undefined) return;
  const known = (await readVariables(DEV_SECRETS))?.PUBLIC_KEY ?? "";
  if (known.replaceAll(/\s/g, "").includes(key.replaceAll(/\s/g, ""))) return;
  await writeSecretFile(DEV_SECRETS, addPublicKey(text, getPublicKeys(known).length, key));
  // wrangler watches its configuration, and not the secrets that it reads beside it.
  const now = new Date();
  await utimes(readApi().config, now, now).catch(() => {});
}

/**
 * The same file with one more key behind those it has; the rest of it stays as it was written. The new one
 * takes no line of its own, so that it fits into a value in quotes, without quotes, and in JSON.
 */
function addPublicKey(text: string, known: number, key: string): string {
  const END = "-----END PUBLIC KEY-----";
  let at = text.search(/\bPUBLIC_KEY"?\s*[=:]/);
  for (let index = 0; index < known; index++) at = text.indexOf(END, at) + END.length;
  // Where it holds no key at all, there is nothing to go behind: the Workers will say so.
  return known === 0 ? text : `${text.slice(0, at)} ${key.replaceAll("\n", "")}${text.slice(at)}`;
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
    return { privatePem, publicPem: getPublicHalf(privatePem) };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new Failure(
      `${DEV_PRIVATE_KEY} can't be read. Delete it and ${DEV_SECRETS} to have both made anew.`,
    );
  }
}
