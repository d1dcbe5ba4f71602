import * as z from "zod";
import {
  AccountRole,
  HostId,
  HostSecret,
  NewPasskey,
  PasskeyPurpose,
  PasswordChange,
  Recover,
  SignIn,
  SignOut,
  SignUp,
  SignUpMode,
} from "../../shared/protocol/host/account.schema.ts";

/* Accounts and who is signed in to them, as api and host-store tell each other. */

/** An email as emails are compared: whoever writes it in another way is the same one. */
export const toEmailKey = (email: string): string => email.trim().normalize("NFKC").toLowerCase();

/** Who is signed in. */
export const SignedInAccount = z.object({
  account: HostId,
  role: AccountRole,
  /** The browser that is signed in, among those of the account. */
  signIn: HostId,
});
export type SignedInAccount = z.infer<typeof SignedInAccount>;

/** Where a request comes from, for an account's log and its growing wait. */
export const Visitor = z.object({
  /** "Firefox on Android" */
  browser: z.string().max(100),
  /** An IPv4 address, or the first half of an IPv6 one: a household has all the others. */
  address: z.string().max(45),
});
export type Visitor = z.infer<typeof Visitor>;

/** SHA-256 of a secret, as it stands in the tables: 43 characters of base64url. */
export const SecretHash = z.string().regex(/^[\w-]{43}$/);

/** What passkeys are made for, and with: the domain, and the origin of its pages. */
export const Site = z.object({ id: z.string(), origin: z.string() });
export type Site = z.infer<typeof Site>;

/** Whoever comes in: the browser gets a cookie with a new secret, in place of the one that it had. */
export const Entrant = z.object({
  visitor: Visitor,
  site: Site,
  tokenHash: SecretHash,
  replaces: SecretHash.optional(),
});
export type Entrant = z.infer<typeof Entrant>;

export const SignUpRequest = z.object({ signUp: SignUp, mode: SignUpMode, entrant: Entrant });
export const SignInRequest = z.object({ signIn: SignIn, entrant: Entrant });
export const SignOutRequest = z.object({ tokenHash: SecretHash, visitor: Visitor, signOut: SignOut });
export const RecoverRequest = z.object({ recover: Recover, entrant: Entrant });
export const OptionsRequest = z.object({
  purpose: PasskeyPurpose,
  site: Site,
  mode: SignUpMode,
  /** The account that is signed in, if one is. */
  account: HostId.optional(),
});
export const PasskeyRequest = z.object({
  passkey: NewPasskey,
  signIn: HostId,
  site: Site,
  visitor: Visitor,
});
export const PasswordRequest = z.object({ change: PasswordChange, signIn: HostId, visitor: Visitor });
/** A link that was just made: api alone makes an address of it. */
export const CreatedLink = z.object({ secret: HostSecret, expiresAt: z.number() });
export type CreatedLink = z.infer<typeof CreatedLink>;
