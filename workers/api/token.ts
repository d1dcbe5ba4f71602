import { decodeBase64Url } from "hono/utils/encode";
import * as z from "zod";
import { HostId } from "../../shared/protocol/host/account.schema.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Name } from "../../shared/protocol/text.schema.ts";
import { toBase64Url } from "../lib/base64url.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { HASH_BYTES, hashTalk } from "../lib/talk-hash.ts";

/** RSASSA-PKCS1-v1_5 with SHA-256: deterministic, so that one payload has one token. */
const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/g;

/** `base64url(payload) "." base64url(signature)`, padding allowed. */
const TOKEN = /^([A-Za-z0-9_-]+)={0,2}\.([A-Za-z0-9_-]+)={0,2}$/;

const Payload = z.object({
  name: Name,
  date: Name,
  host: z.boolean().default(true),
  /** Seconds since 1970; without it the token stays good. */
  exp: z.number().int().optional(),
});

/** What the deployment itself signs for a talk of an account: see workers/host-store/talk/talk-token.ts. */
const TalkPayload = Payload.extend({ host: z.literal(true), talk: HostId, id: HostId }).transform(
  ({ talk, id, ...payload }) => ({ payload, issue: { talk, id } }),
);
const HostPayload = Payload.transform((payload) => ({ payload, issue: undefined }));

/** A signed token that has been checked. `hash` names its session one-way; the token itself is never kept. */
export interface SignedToken extends z.infer<typeof Payload> {
  readonly hash: string;
  /** Of a talk's token: which of its tokens it is. The latest one alone is good, which is not known here. */
  readonly issue?: Issue;
}

export interface Issue {
  readonly talk: string;
  readonly id: string;
}

/** Who may sign what: hosts with keys of their own any token but a talk's, and the deployment a talk's alone. */
export interface TokenKeys {
  readonly hosts: readonly CryptoKey[];
  readonly issuer: readonly CryptoKey[];
}

const INVALID = () => new ProblemError("invalid_token", "this token was not signed for this deployment");

/** Imports the public keys of a PEM text; several blocks may follow each other, for a rotation. */
export async function importPublicKeys(pem: string): Promise<CryptoKey[]> {
  const blocks = [...pem.matchAll(PEM_BLOCK)];
  return Promise.all(
    blocks.map(([, base64 = ""]) => {
      const der = Uint8Array.from(atob(base64.replaceAll(/\s/g, "")), (char) => char.charCodeAt(0));
      return crypto.subtle.importKey("spki", der, ALGORITHM, false, ["verify"]);
    }),
  );
}

/**
 * Checks a signed token against the keys that may have signed it.
 * @throws `invalid_token` when it is garbled, tampered with, signed by someone else, or has expired.
 */
export async function openToken(keys: TokenKeys, token: string): Promise<SignedToken> {
  const match = token.length <= LIMITS.tokenLength ? TOKEN.exec(token) : null;
  if (!match) throw INVALID();
  const [payload, signature] = match.slice(1, 3).map(decode);
  if (!payload || !signature) throw INVALID();

  // What it says it is decides who must have signed it, so that neither key can make the other's tokens.
  const said = readJson(payload);
  const isOfTalk = typeof said === "object" && said !== null && "talk" in said;
  const checks = (isOfTalk ? keys.issuer : keys.hosts).map((key) =>
    crypto.subtle.verify(ALGORITHM, key, signature, payload),
  );
  if (!(await Promise.all(checks)).includes(true)) {
    throw new ProblemError(
      "invalid_token",
      isOfTalk
        ? "this deployment did not sign this token of a talk; the console gives a new one"
        : "no key in this deployment's PUBLIC_KEY signed this token; `npm run token -- --verify` says which one did",
    );
  }

  const parsed = isOfTalk ? TalkPayload.safeParse(said) : HostPayload.safeParse(said);
  if (!parsed.success) {
    throw new ProblemError(
      "invalid_token",
      "the token's payload is not { name, date, host?, exp? } within its limits",
    );
  }
  const { payload: signed, issue } = parsed.data;
  const { exp } = signed;
  if (exp !== undefined && exp * 1000 <= Date.now()) {
    throw new ProblemError(
      "invalid_token",
      isOfTalk
        ? `this token has expired (its exp is ${exp}): the console gives a new one, for the same session`
        : `this token has expired (its exp is ${exp}): sign a new one, which begins a session of its own`,
    );
  }
  if (!issue) return { ...signed, hash: await hashToken(payload, signature) };
  return { ...signed, issue, hash: await hashTalk(issue.talk) };
}

/**
 * The one-way name of a token, from its decoded bytes: writing the same token with other
 * padding names the same session.
 */
async function hashToken(payload: Uint8Array, signature: Uint8Array): Promise<string> {
  const bytes = new Uint8Array(payload.length + 1 + signature.length);
  bytes.set(payload);
  bytes.set([".".charCodeAt(0)], payload.length);
  bytes.set(signature, payload.length + 1);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return toBase64Url(digest.slice(0, HASH_BYTES));
}

function decode(part: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return decodeBase64Url(part);
  } catch {
    return undefined;
  }
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
