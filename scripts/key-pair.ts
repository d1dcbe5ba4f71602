import { createPublicKey, generateKeyPair as generate, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { Failure } from "./failure.ts";

/** Both halves as PEM: PKCS8 and SPKI, what WebCrypto reads. */
export interface KeyPair {
  readonly privatePem: string;
  readonly publicPem: string;
}

/** A fresh RSA-2048 pair: the private half signs host tokens, the public half is a deployment's PUBLIC_KEY. */
export async function createKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await promisify(generate)("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return { privatePem: privateKey, publicPem: publicKey };
}

/** A fresh pair for the tokens of talks: host-store signs with one half, api checks with the other. */
export async function createIssuer(): Promise<{ ISSUER_KEY: string; ISSUER_PUBLIC_KEY: string }> {
  const { privatePem, publicPem } = await createKeyPair();
  return { ISSUER_KEY: privatePem, ISSUER_PUBLIC_KEY: publicPem };
}

/** The public half of a private key. @throws whatever node throws at what is no key */
export const getPublicHalf = (privatePem: string): string =>
  createPublicKey(privatePem).export({ type: "spki", format: "pem" }).toString();

/** A fresh SESSION_SECRET: 256 bits, without characters that a file of variables would have to quote. */
export const createSecret = (): string => randomBytes(32).toString("base64url");

/** The PEM blocks of a PUBLIC_KEY; a rotation makes it hold several. */
export function getPublicKeys(text: string): string[] {
  return text.match(/-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g) ?? [];
}

/**
 * Makes sure that a PUBLIC_KEY will work before it is deployed.
 * @throws Failure, with `where` in its message, unless it is one or several RSA keys of 2048 bits or more
 */
export function checkPublicKeys(text: string, where: string): void {
  if (text.includes("PRIVATE KEY")) {
    throw new Failure(
      `${where} holds a private key. Put the public one there; the private one stays with you.`,
    );
  }
  const blocks = getPublicKeys(text);
  if (blocks.length === 0) {
    throw new Failure(`${where} holds no public key: it takes PEM, "-----BEGIN PUBLIC KEY-----" and so on.`);
  }
  for (const block of blocks) {
    const bits = getRsaBits(block);
    if (bits === undefined) throw new Failure(`${where} holds something that is no RSA public key.`);
    if (bits < 2048) throw new Failure(`${where} holds an RSA key of ${bits} bits; use 2048 or more.`);
  }
}

/**
 * Makes sure that what host-store signs with is an RSA key of 2048 bits or more, and that api will take what it signs.
 * @param where names the file, in its message
 * @throws Failure
 */
export function checkIssuerPair(privatePem: string, publicPem: string, where: string): void {
  const isPkcs8 = privatePem.trim().startsWith("-----BEGIN PRIVATE KEY-----");
  const half = isPkcs8 ? readPublicHalf(privatePem) : undefined;
  if (half === undefined) {
    throw new Failure(`ISSUER_KEY in ${where} is no private key in PKCS8 PEM. Make one with: ${NEW_ISSUER}`);
  }
  checkPublicKeys(half, `ISSUER_KEY in ${where}`);
  checkPublicKeys(publicPem, `ISSUER_PUBLIC_KEY in ${where}`);
  const plain = (pem: string) => pem.replaceAll(/\s/g, "");
  if (getPublicKeys(publicPem).some((block) => plain(block) === plain(half))) return;
  throw new Failure(
    `ISSUER_PUBLIC_KEY in ${where} is not the public half of ISSUER_KEY. Make a new pair with: ${NEW_ISSUER}`,
  );
}

const NEW_ISSUER = "npm run keys -- --issuer --force";

function readPublicHalf(privatePem: string): string | undefined {
  try {
    return getPublicHalf(privatePem);
  } catch {
    return undefined;
  }
}

function getRsaBits(pem: string): number | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "rsa" ? key.asymmetricKeyDetails?.modulusLength : undefined;
  } catch {
    return undefined;
  }
}
