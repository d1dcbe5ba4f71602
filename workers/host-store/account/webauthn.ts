import { Buffer } from "node:buffer";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import * as z from "zod";
import { CredentialId } from "../../../shared/protocol/host/account.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { Site } from "../../lib/host-account.ts";
import { ProblemError, parse } from "../../lib/problem-error.ts";

/* WebAuthn, as far as we need it: passkeys that know whose they are, and ask who holds them (a finger, a PIN). */

/** Ed25519, P-256 and RSA: every authenticator there is can do one of them. */
const ALGORITHMS = [-8, -7, -257];

const base64Url = z.string().regex(/^[\w-]+$/);
const transports = z.array(z.string().max(32)).max(10);
const credential = {
  id: CredentialId,
  rawId: base64Url,
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}).default({}),
};

/** What a browser has made a new passkey with. */
const Registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64Url,
    attestationObject: base64Url,
    transports: transports.default([]),
  }),
});

/** What a browser has signed a challenge with. */
const Authentication = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64Url,
    authenticatorData: base64Url,
    signature: base64Url,
    /** Whose the passkey says it is: the account's id. */
    userHandle: base64Url.exactOptional(),
  }),
});

const ClientData = z.object({ challenge: base64Url });

/** A passkey that somebody has already. */
export interface OwnPasskey extends PasskeyKey {
  readonly account: string;
}

/** A passkey, as it is kept. */
export interface PasskeyKey {
  /** The credential's, in base64url. */
  readonly id: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: number;
  readonly transports: readonly string[];
}

/** Somebody whom a passkey is to be made for. */
export interface PasskeyOwner {
  readonly account: string;
  readonly email: string;
  readonly name: string;
  /** What they have already: none is made twice on one device. */
  readonly passkeys: readonly string[];
}

/** For `startRegistration`. */
export const createRegistration = (challenge: string, site: Site, owner: PasskeyOwner) =>
  generateRegistrationOptions({
    rpName: "revint",
    rpID: site.id,
    userID: Uint8Array.from(Buffer.from(owner.account, "base64url")),
    userName: owner.email,
    userDisplayName: owner.name,
    challenge: Uint8Array.from(Buffer.from(challenge, "base64url")),
    timeout: LIMITS.challengeMs,
    attestationType: "none",
    excludeCredentials: owner.passkeys.map((id) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });

/** For `startAuthentication`: with any passkey of the site, since it knows whose it is. */
export const createAuthentication = (challenge: string, site: Site) =>
  generateAuthenticationOptions({
    rpID: site.id,
    challenge: Uint8Array.from(Buffer.from(challenge, "base64url")),
    timeout: LIMITS.challengeMs,
    userVerification: "required",
  });

/** Which challenge a browser says that it has signed. @throws `invalid_request` */
export function readChallenge(passkey: unknown): string {
  const { response } = parse(z.object({ response: z.object({ clientDataJSON: base64Url }) }), passkey);
  try {
    const data = JSON.parse(Buffer.from(response.clientDataJSON, "base64url").toString("utf8"));
    return ClientData.parse(data).challenge;
  } catch {
    throw new ProblemError("invalid_request", "the passkey's clientDataJSON holds no challenge");
  }
}

/** The passkey that a browser has just made for a challenge. @throws `invalid_request`, `sign_in_failed` */
export async function verifyRegistration(
  passkey: unknown,
  challenge: string,
  site: Site,
): Promise<PasskeyKey> {
  const response = parse(Registration, passkey);
  const { verified, registrationInfo } = await orFailed(
    verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!verified) throw passkeyFailed();
  const { id, publicKey, counter } = registrationInfo.credential;
  return { id, publicKey, counter, transports: response.response.transports };
}

/** How often the passkey has signed now. @throws `invalid_request`, `sign_in_failed` */
export async function verifyAuthentication(
  passkey: unknown,
  challenge: string,
  site: Site,
  { account, ...key }: OwnPasskey,
): Promise<number> {
  const response = parse(Authentication, passkey);
  const { userHandle } = response.response;
  if (userHandle !== undefined && userHandle !== account) throw passkeyFailed();
  const { verified, authenticationInfo } = await orFailed(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      credential: { ...key, transports: [...key.transports] },
    }),
  );
  if (!verified) throw passkeyFailed();
  return authenticationInfo.newCounter;
}

/** The library throws where anything is not as it should be: all of it comes from the browser. */
async function orFailed<T>(verifying: Promise<T>): Promise<T> {
  try {
    return await verifying;
  } catch {
    throw passkeyFailed();
  }
}

export const passkeyFailed = () =>
  new ProblemError(
    "sign_in_failed",
    "this passkey does not fit, or it took more than five minutes: try again",
  );
