import * as z from "zod";
import { LIMITS } from "../limits.ts";
import type { Schema } from "../schema.ts";
import { text } from "../text.schema.ts";
import * as plain from "./account.ts";

/** 128 random bits, in base64url. */
export const HostId = z.string().regex(/^[\w-]{22}$/, "this is no id of ours");

/** The secret of a cookie or of a one-time link: 256 random bits, in base64url. */
export const HostSecret = z.string().regex(/^[\w-]{43}$/, "this is no secret of ours");

export const SignUpMode = z.enum(["open", "invited", "closed"]) satisfies Schema<plain.SignUpMode>;
export type SignUpMode = plain.SignUpMode;
export const AccountRole = z.enum(["host", "admin"]) satisfies Schema<plain.AccountRole>;

export const Email = z
  .string()
  .trim()
  .max(LIMITS.emailLength, `an email takes up to ${LIMITS.emailLength} characters`)
  .pipe(z.email("this is no email address"));

export const Password = z
  .string()
  .min(LIMITS.passwordShortest, `a password takes ${LIMITS.passwordShortest} characters or more`)
  .max(LIMITS.passwordLongest, `a password takes up to ${LIMITS.passwordLongest} characters`);

export const PersonName = text("name", LIMITS.accountNameLength);

/** The id of a passkey, in base64url: it stands in paths, between the Workers too, and must not lead out of them. */
export const CredentialId = z
  .string()
  .regex(/^[\w-]+$/, "this is no id of a passkey")
  .max(LIMITS.credentialIdLength);

/** As deep as host-store's library needs it; api only bounds it by its body's size. */
export const PasskeyJson = z.looseObject({
  id: CredentialId,
  type: z.literal("public-key"),
}) satisfies Schema<plain.PasskeyJson>;

const wayIn = { password: Password.optional(), passkey: PasskeyJson.optional() };
const isOneWay = ({ password, passkey }: plain.WayIn) => (password === undefined) !== (passkey === undefined);
const ONE_WAY = "send either a password or a passkey";

export const Account = z.object({
  id: HostId,
  email: z.string(),
  name: z.string(),
  role: AccountRole,
  hasPassword: z.boolean(),
  createdAt: z.number(),
}) satisfies Schema<plain.Account>;
export type Account = plain.Account;

export const AccountAnswer = z.object({ account: Account }) satisfies Schema<plain.AccountAnswer>;
export const SignUpAnswer = z.object({ signUp: SignUpMode }) satisfies Schema<plain.SignUpAnswer>;

export const SignUp = z
  .object({ email: Email, name: PersonName, link: HostSecret.optional(), ...wayIn })
  .refine(isOneWay, ONE_WAY) satisfies Schema<plain.SignUp>;
export type SignUp = plain.SignUp;

export const SignIn = z
  .object({
    email: z.string().max(LIMITS.emailLength).optional(),
    // A wrong password is refused as one, however long it is.
    password: z.string().min(1).max(LIMITS.passwordLongest).optional(),
    passkey: PasskeyJson.optional(),
  })
  .refine(isOneWay, ONE_WAY)
  .refine(
    ({ email, password }) => (email === undefined) === (password === undefined),
    "an email goes with a password",
  ) satisfies Schema<plain.SignIn>;
export type SignIn = plain.SignIn;

export const Recover = z
  .object({ link: HostSecret, ...wayIn })
  .refine(isOneWay, ONE_WAY) satisfies Schema<plain.Recover>;
export type Recover = plain.Recover;

export const SignOut = z.object({ everywhere: z.boolean().default(false) }) satisfies Schema<plain.SignOut>;

export const LinkQuery = z.object({ link: HostSecret }) satisfies Schema<plain.LinkQuery>;
export const LinkAnswer = z.object({
  kind: z.enum(["invitation", "recovery"]),
  email: z.string(),
  expiresAt: z.number(),
}) satisfies Schema<plain.LinkAnswer>;

export const PasskeyPurpose = z.discriminatedUnion("for", [
  z.object({ for: z.literal("sign-in") }),
  z.object({ for: z.literal("sign-up"), email: Email, name: PersonName, link: HostSecret.optional() }),
  z.object({ for: z.literal("recover"), link: HostSecret }),
  z.object({ for: z.literal("add") }),
]) satisfies Schema<plain.PasskeyPurpose>;
export type PasskeyPurpose = plain.PasskeyPurpose;

export const PasskeyOptions = z.object({
  options: z.record(z.string(), z.unknown()),
}) satisfies Schema<plain.PasskeyOptions>;

export const Passkey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  usedAt: z.number().nullable(),
}) satisfies Schema<plain.Passkey>;
export type Passkey = plain.Passkey;

export const NewPasskey = z.object({
  passkey: PasskeyJson,
  name: PersonName,
}) satisfies Schema<plain.NewPasskey>;
export type NewPasskey = plain.NewPasskey;

export const SignedIn = z.object({
  id: HostId,
  browser: z.string(),
  createdAt: z.number(),
  seenAt: z.number(),
  isThis: z.boolean(),
}) satisfies Schema<plain.SignedIn>;

export const Me = z.object({
  account: Account,
  passkeys: z.array(Passkey),
  signedIn: z.array(SignedIn),
}) satisfies Schema<plain.Me>;
export type Me = plain.Me;

export const AccountChange = z.object({ name: PersonName }) satisfies Schema<plain.AccountChange>;
export const PasswordChange = z.object({
  password: Password,
  current: z.string().max(LIMITS.passwordLongest).optional(),
}) satisfies Schema<plain.PasswordChange>;
export type PasswordChange = plain.PasswordChange;

export const SignInEvent = z.enum(plain.SIGN_IN_EVENTS) satisfies Schema<plain.SignInEvent>;
export type SignInEvent = plain.SignInEvent;

export const SignInLog = z.object({
  events: z.array(z.object({ at: z.number(), event: SignInEvent, browser: z.string(), address: z.string() })),
  cursor: z.string().optional(),
}) satisfies Schema<plain.SignInLog>;
export type SignInLog = plain.SignInLog;

export const Accounts = z.object({
  accounts: z.array(
    Account.extend({
      lastSeenAt: z.number(),
      talks: z.number(),
      decks: z.number(),
      bytes: z.number(),
      isDeleting: z.boolean(),
    }),
  ),
  cursor: z.string().optional(),
}) satisfies Schema<plain.Accounts>;
export type Accounts = plain.Accounts;

export const RoleChange = z.object({ role: AccountRole }) satisfies Schema<plain.RoleChange>;

export const NewInvitation = z.object({
  email: Email,
  role: AccountRole.default("host"),
}) satisfies Schema<plain.NewInvitation>;
export const OneTimeLink = z.object({
  url: z.string(),
  expiresAt: z.number(),
}) satisfies Schema<plain.OneTimeLink>;
export type OneTimeLink = plain.OneTimeLink;
