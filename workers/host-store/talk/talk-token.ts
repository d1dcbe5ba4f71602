import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import { toBase64Url } from "../../lib/base64url.ts";
import { ProblemError } from "../../lib/problem-error.ts";

/** The same as every host token has: see workers/api/token.ts. */
const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;

const PEM_BLOCK = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/;

/** What a talk's token says of it. `id` is the one of the tokens that are good. */
interface TokenOf {
  readonly name: string;
  readonly date: string;
  readonly talk: string;
  readonly id: string;
}

/**
 * Signs a host token for a talk's session, good for `talkTokenDays`. It is kept nowhere: whoever reads the talk gets a
 * new one.
 * @throws `not_configured`
 */
export async function createTalkToken(env: HostStoreEnv, of: TokenOf, now = Date.now()): Promise<string> {
  const { name, date, talk, id } = of;
  const exp = Math.floor((now + LIMITS.talkTokenDays * DAY_MS) / 1000);
  const payload = new TextEncoder().encode(JSON.stringify({ name, date, host: true, talk, id, exp }));
  const signature = await crypto.subtle.sign(ALGORITHM, await getIssuerKey(env), payload);
  return `${toBase64Url(payload.buffer)}.${toBase64Url(signature)}`;
}

/** One for each environment, which is one object for all requests of an isolate: importing is slow. */
const keys = new WeakMap<HostStoreEnv, Promise<CryptoKey>>();

function getIssuerKey(env: HostStoreEnv): Promise<CryptoKey> {
  let key = keys.get(env);
  if (!key) {
    key = importKey(env.ISSUER_KEY ?? "");
    keys.set(env, key);
    key.catch(() => keys.delete(env));
  }
  return key;
}

async function importKey(pem: string): Promise<CryptoKey> {
  try {
    const base64 = PEM_BLOCK.exec(pem)?.[1] ?? "";
    const der = Uint8Array.from(atob(base64.replaceAll(/\s/g, "")), (char) => char.charCodeAt(0));
    return await crypto.subtle.importKey("pkcs8", der, ALGORITHM, false, ["sign"]);
  } catch {
    throw new ProblemError(
      "not_configured",
      "host-store has no ISSUER_KEY that it can sign talks' tokens with",
    );
  }
}
