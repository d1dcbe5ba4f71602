import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import type { PasskeyJson, PasskeyPurpose } from "../../shared/protocol/host/account.ts";
import { unreadable } from "../client/api.ts";
import { RevintError, toRevintError } from "../client/error.ts";
import { type Fields, isFields, isText } from "../client/fields.ts";
import { getPasskeyOptions } from "./account/account-service.ts";

/* Passkeys, as far as this browser and this address have them. What a ceremony needs is loaded when there is one. */

/** Why there are none: the address has no name, or is not secure; or the browser knows none. */
export type Hindrance = "address" | "insecure" | "browser";

/** What an IP address looks like where a page is opened: WebAuthn needs a domain. */
const IP_ADDRESS = /^(\d+(\.\d+){3}|\[[\da-f:.]+\])$/i;

/** @param page where it is opened, and what its window has */
export function findHindrance(page: {
  readonly hostname: string;
  readonly isSecureContext: boolean;
  readonly hasPasskeys: boolean;
}): Hindrance | undefined {
  if (IP_ADDRESS.test(page.hostname)) return "address";
  if (!page.isSecureContext) return "insecure";
  return page.hasPasskeys ? undefined : "browser";
}

/** Of this very page. */
export const findOwnHindrance = (): Hindrance | undefined =>
  findHindrance({
    hostname: location.hostname,
    isSecureContext,
    hasPasskeys: typeof PublicKeyCredential === "function",
  });

/** The same page by a name that passkeys work with: this very computer's, where the address is only its number. */
export function getNamedAddress({ hostname, href }: Pick<Location, "hostname" | "href">): string | undefined {
  if (!/^(127(\.\d+){3}|\[::1\])$/.test(hostname)) return undefined;
  const url = new URL(href);
  url.hostname = "localhost";
  return url.href;
}

/** Whoever was asked has closed the question: nothing went wrong. */
export const isCancelled = ({ code }: RevintError): boolean => code === "passkey_cancelled";

/** Makes a new one. @throws RevintError `passkey_cancelled`, `passkey_exists`, `passkey_failed`, and the service's */
export async function makePasskey(purpose: PasskeyPurpose): Promise<PasskeyJson> {
  const { startRegistration } = await loadCeremonies();
  const options = await getPasskeyOptions(purpose);
  if (!isCreation(options)) throw unreadable();
  return perform(async () => ({ ...(await startRegistration({ optionsJSON: options })) }));
}

/** Uses one that is there. @throws RevintError as `makePasskey` */
export async function usePasskey(): Promise<PasskeyJson> {
  const { startAuthentication } = await loadCeremonies();
  const options = await getPasskeyOptions({ for: "sign-in" });
  if (!isRequest(options)) throw unreadable();
  return perform(async () => ({ ...(await startAuthentication({ optionsJSON: options })) }));
}

async function loadCeremonies(): Promise<typeof import("./passkey-ceremonies.ts")> {
  try {
    return await import("./passkey-ceremonies.ts");
  } catch {
    throw new RevintError("passkey_missing", "what it takes could not be loaded");
  }
}

/** How the browser names what went wrong: a question that was closed, or that nobody answered, is told like that of one who has no passkey. */
const CODES: Readonly<Record<string, string>> = {
  NotAllowedError: "passkey_cancelled",
  AbortError: "passkey_cancelled",
  InvalidStateError: "passkey_exists",
};

async function perform(ceremony: () => Promise<PasskeyJson>): Promise<PasskeyJson> {
  try {
    return await ceremony();
  } catch (error) {
    const { message } = toRevintError(error);
    const name = error instanceof Error ? error.name : "";
    throw new RevintError(CODES[name] ?? "passkey_failed", message);
  }
}

/* What the library reads of options; the browser checks the rest. */

const isCreation = (options: Fields): options is Fields & PublicKeyCredentialCreationOptionsJSON =>
  isText(options.challenge) &&
  isFields(options.rp) &&
  isFields(options.user) &&
  isText(options.user.id) &&
  Array.isArray(options.pubKeyCredParams);

const isRequest = (options: Fields): options is Fields & PublicKeyCredentialRequestOptionsJSON =>
  isText(options.challenge) &&
  (options.allowCredentials === undefined || Array.isArray(options.allowCredentials));
