import {
  type Account,
  type LinkAnswer,
  type Me,
  type Passkey,
  type PasskeyJson,
  type PasskeyPurpose,
  SIGN_IN_EVENTS,
  type SignedIn,
  type SignInLog,
  type SignUpMode,
} from "../../../shared/protocol/host/account.ts";
import { type Fields, isBoolean, isFields, isNumber, isText } from "../../client/fields.ts";
import { ask, askFor, fromCursor, type ListPage, readList } from "../service.ts";

/* An account, and the ways into it. Whoever draws it trusts every field, so each is checked. */

/** One of both. */
export type Proof = { readonly password: string } | { readonly passkey: PasskeyJson };

export const getSignUp = (): Promise<SignUpMode> => askFor(readSignUp, "GET", "sign-up");

/** @throws RevintError `link_not_valid` */
export const lookUpLink = (link: string): Promise<LinkAnswer> => askFor(readLink, "POST", "links", { link });

/** @throws RevintError `sign_up_refused`, whatever the reason */
export const signUp = (
  who: { readonly email: string; readonly name: string; readonly link?: string },
  proof: Proof,
): Promise<Account> => askFor(readAccountAnswer, "POST", "sign-up", { ...who, ...proof });

/** @throws RevintError `sign_in_failed`, `too_many_attempts` */
export const signIn = (
  proof: { readonly passkey: PasskeyJson } | { readonly email: string; readonly password: string },
): Promise<Account> => askFor(readAccountAnswer, "POST", "sign-in", proof);

/** A new way in, by a recovery link. @throws RevintError `link_not_valid` */
export const recover = (link: string, proof: Proof): Promise<Account> =>
  askFor(readAccountAnswer, "POST", "recover", { link, ...proof });

export const signOut = async (everywhere: boolean): Promise<void> => {
  await ask("POST", "sign-out", { everywhere });
};

/** What a ceremony begins with. */
export const getPasskeyOptions = (purpose: PasskeyPurpose): Promise<Fields> =>
  askFor(({ options }) => (isFields(options) ? options : undefined), "POST", "passkeys/options", purpose);

/** @throws RevintError `not_signed_in` */
export const getMe = (): Promise<Me> => askFor(readMe, "GET", "me");

export const setName = (name: string): Promise<Account> => askFor(readAccountAnswer, "PATCH", "me", { name });

export const setPassword = async (password: string, current: string | undefined): Promise<void> => {
  await ask("PUT", "me/password", { password, ...(current !== undefined && { current }) });
};

export const addPasskey = (passkey: PasskeyJson, name: string): Promise<Passkey> =>
  askFor(readPasskey, "POST", "passkeys", { passkey, name });

/** @throws RevintError `last_way_in` */
export const removePasskey = async (id: string): Promise<void> => {
  await ask("DELETE", `passkeys/${encodeURIComponent(id)}`);
};

/** One that is signed in. */
export const signOutBrowser = async (id: string): Promise<void> => {
  await ask("DELETE", `me/browsers/${encodeURIComponent(id)}`);
};

export type LogEntry = SignInLog["events"][number];

export const getLog = (cursor: string | undefined): Promise<ListPage<LogEntry>> =>
  askFor(readList("events", readEvent), "GET", `me/log${fromCursor(cursor)}`);

/** Everything of the account is erased, which takes a while. */
export const deleteMe = async (): Promise<void> => {
  await ask("DELETE", "me");
};

const MODES = ["open", "invited", "closed"] as const satisfies readonly SignUpMode[];
const KINDS = ["invitation", "recovery"] as const satisfies readonly LinkAnswer["kind"][];

const readSignUp = ({ signUp }: Fields) => MODES.find((mode) => mode === signUp);

function readLink({ kind: named, email, expiresAt }: Fields): LinkAnswer | undefined {
  const kind = KINDS.find((kind) => kind === named);
  return kind && isText(email) && isNumber(expiresAt) ? { kind, email, expiresAt } : undefined;
}

export function readAccount({ id, email, name, role, hasPassword, createdAt }: Fields): Account | undefined {
  if (!isText(id) || !isText(email) || !isText(name) || !isNumber(createdAt)) return undefined;
  // A role of a later version gives no more than everybody has.
  const known = role === "admin" ? "admin" : "host";
  return { id, email, name, role: known, hasPassword: hasPassword === true, createdAt };
}

const readAccountAnswer = ({ account }: Fields) => (isFields(account) ? readAccount(account) : undefined);

function readMe({ account, passkeys, signedIn }: Fields): Me | undefined {
  const own = isFields(account) ? readAccount(account) : undefined;
  const ways = readList("passkeys", readPasskey)({ passkeys });
  const browsers = readList("signedIn", readSignedIn)({ signedIn });
  return own && ways && browsers && { account: own, passkeys: ways.list, signedIn: browsers.list };
}

function readPasskey({ id, name, createdAt, usedAt }: Fields): Passkey | undefined {
  if (!isText(id) || !isText(name) || !isNumber(createdAt)) return undefined;
  return { id, name, createdAt, usedAt: isNumber(usedAt) ? usedAt : null };
}

function readSignedIn({ id, browser, createdAt, seenAt, isThis }: Fields): SignedIn | undefined {
  if (!isText(id) || !isText(browser) || !isNumber(createdAt) || !isNumber(seenAt)) return undefined;
  return { id, browser, createdAt, seenAt, isThis: isBoolean(isThis) && isThis };
}

function readEvent({ at, event: named, browser, address }: Fields): LogEntry | undefined {
  const event = SIGN_IN_EVENTS.find((event) => event === named);
  return event && isNumber(at) && isText(browser) && isText(address)
    ? { at, event, browser, address }
    : undefined;
}
