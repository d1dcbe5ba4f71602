import { Buffer } from "node:buffer";
import { z } from "zod";
import { Name } from "../shared/protocol/text.schema.ts";
import { Failure } from "./failure.ts";

/** What a host token says. With `host: false` it is a user token: it lets its holder join, and nothing more. */
export const TokenPayload = z.object({
  name: Name,
  date: Name,
  host: z.boolean().optional(),
  /** Seconds since 1970, from which on it is refused; without it the token stays good. */
  exp: z.number().int().positive().optional(),
});
export type TokenPayload = z.infer<typeof TokenPayload>;

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;

/**
 * Signs a token: `base64url(payload) "." base64url(signature)`, RSASSA-PKCS1-v1_5 with SHA-256 over the payload's bytes.
 * The same payload and key always give the same token, and so the same session: name and date are composed (NFC)
 * first, since one and the same "é" comes as one character or as two, depending on where it was typed.
 * @param privatePem PKCS8
 * @throws ZodError when name or date are not 1 to 200 characters; Failure when the key can't be read
 */
export async function signToken(payload: TokenPayload, privatePem: string): Promise<string> {
  const { name, date, host, exp } = TokenPayload.parse({
    ...payload,
    name: payload.name.normalize("NFC"),
    date: payload.date.normalize("NFC"),
  });
  const more = { ...(host !== undefined && { host }), ...(exp !== undefined && { exp }) };
  const bytes = Buffer.from(JSON.stringify({ name, date, ...more }));
  const key = await importKey("PRIVATE", privatePem);
  const signature = await crypto.subtle.sign(algorithm, key, bytes);
  return `${bytes.toString("base64url")}.${Buffer.from(signature).toString("base64url")}`;
}

/**
 * Reads a token without checking who signed it; `undefined` when it isn't one.
 * Use `isSignedBy` before believing it.
 */
export function readToken(token: string): TokenPayload | undefined {
  const parts = splitToken(token);
  if (parts === undefined) return undefined;
  try {
    return TokenPayload.safeParse(JSON.parse(parts.payload.toString())).data;
  } catch {
    return undefined;
  }
}

const TalkPayload = z.object({ talk: z.string() });

/** Whether it is one that a deployment signs itself, for a talk made on its page `/host`: with another key than ours. */
export function isOfTalk(token: string): boolean {
  try {
    return TalkPayload.safeParse(JSON.parse(splitToken(token)?.payload.toString() ?? "")).success;
  } catch {
    return false;
  }
}

/**
 * Whether the private half of this public key signed the token.
 * @param publicPem one SPKI block
 * @throws Failure when the key can't be read
 */
export async function isSignedBy(token: string, publicPem: string): Promise<boolean> {
  const parts = splitToken(token);
  if (parts === undefined) return false;
  const key = await importKey("PUBLIC", publicPem);
  return crypto.subtle.verify(algorithm, key, parts.signature, parts.payload);
}

/** What a mail or a terminal has broken into lines is still the token. */
function splitToken(token: string) {
  const [, payload, signature] = /^([\w-]+)\.([\w-]+)$/.exec(token.replaceAll(/\s/g, "")) ?? [];
  if (payload === undefined || signature === undefined) return undefined;
  return { payload: Buffer.from(payload, "base64url"), signature: Buffer.from(signature, "base64url") };
}

async function importKey(half: "PRIVATE" | "PUBLIC", pem: string): Promise<CryptoKey> {
  const [, body] = new RegExp(`-----BEGIN ${half} KEY-----([^-]+)-----END ${half} KEY-----`).exec(pem) ?? [];
  if (body === undefined) {
    throw new Failure(
      `This is no ${half.toLowerCase()} key: it should begin with "-----BEGIN ${half} KEY-----".`,
    );
  }
  const [format, usage] = half === "PRIVATE" ? (["pkcs8", "sign"] as const) : (["spki", "verify"] as const);
  try {
    return await crypto.subtle.importKey(format, Buffer.from(body, "base64"), algorithm, false, [usage]);
  } catch {
    throw new Failure(`The ${half.toLowerCase()} key can't be read: it should be an RSA key.`);
  }
}
