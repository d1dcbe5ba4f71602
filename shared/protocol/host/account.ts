/*
 * Accounts of hosts: /api/v1/host. Times are in milliseconds since 1970. Whoever is signed in has a
 * cookie; pages of other origins get nothing from these routes, not even a GET.
 */

/** Who may make an account: anyone, whoever has an invitation, nobody. */
export type SignUpMode = "open" | "invited" | "closed";

export type AccountRole = "host" | "admin";

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** An admin also sees how much everybody uses, invites, and helps those who have lost their way in. */
  readonly role: AccountRole;
  readonly hasPassword: boolean;
  readonly createdAt: number;
}

/** `POST sign-up`, `sign-in`, `recover`; `PATCH me` */
export interface AccountAnswer {
  readonly account: Account;
}

/** `GET sign-up`: what the entrance offers. */
export interface SignUpAnswer {
  readonly signUp: SignUpMode;
}

/** What a browser's `navigator.credentials` gives, as JSON (WebAuthn's `toJSON()`). Only host-store looks inside. */
export interface PasskeyJson {
  readonly id: string;
  readonly type: "public-key";
  readonly [field: string]: unknown;
}

/** A way in: one of both. Passwords take 8 to 256 characters. */
export interface WayIn {
  readonly password?: string | undefined;
  /** Answers the options of `POST passkeys/options`. */
  readonly passkey?: PasskeyJson | undefined;
}

/** `POST sign-up` → 201 `AccountAnswer`. @throws `sign_up_refused`, whatever the reason */
export interface SignUp extends WayIn {
  readonly email: string;
  readonly name: string;
  /** An invitation's secret, where one is needed: it decides the email. */
  readonly link?: string | undefined;
}

/** `POST sign-in` → 200 `AccountAnswer`. @throws `sign_in_failed`, `too_many_attempts` */
export interface SignIn extends WayIn {
  /** With a password; a passkey knows whose it is. */
  readonly email?: string | undefined;
}

/** `POST recover` → 200 `AccountAnswer`: the only way in from then on, and every browser is signed out but this one. @throws `link_not_valid` */
export interface Recover extends WayIn {
  readonly link: string;
}

/** `POST sign-out` → 204 */
export interface SignOut {
  /** In every browser, this one included. */
  readonly everywhere: boolean;
}

/** `POST links` → 200: what a one-time link is for. It stays good. @throws `link_not_valid` */
export interface LinkQuery {
  readonly link: string;
}

export interface LinkAnswer {
  readonly kind: "invitation" | "recovery";
  readonly email: string;
  readonly expiresAt: number;
}

/** `POST passkeys/options` → 200 `{ options }`, for `startRegistration` or `startAuthentication`; good once, for five minutes. */
export type PasskeyPurpose =
  | { readonly for: "sign-in" }
  | {
      readonly for: "sign-up";
      readonly email: string;
      readonly name: string;
      readonly link?: string | undefined;
    }
  | { readonly for: "recover"; readonly link: string }
  /** Another one for the account that is signed in. */
  | { readonly for: "add" };

export interface PasskeyOptions {
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly usedAt: number | null;
}

/** `POST passkeys` → 201 `Passkey`; up to 20 an account. `DELETE passkeys/{id}` → 204. @throws `limit_reached`, `last_way_in` */
export interface NewPasskey {
  readonly passkey: PasskeyJson;
  readonly name: string;
}

/** A browser that is signed in. `DELETE me/browsers/{id}` → 204: it is not any more. */
export interface SignedIn {
  readonly id: string;
  /** What it calls itself, shortened: "Firefox on Android". */
  readonly browser: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly isThis: boolean;
}

/** `GET me` → 200. `DELETE me` → 202: nobody is signed in to it any more, and all that it holds is being erased. @throws `conflict` for the last admin */
export interface Me {
  readonly account: Account;
  readonly passkeys: readonly Passkey[];
  readonly signedIn: readonly SignedIn[];
}

/** `PATCH me` → 200 `AccountAnswer` */
export interface AccountChange {
  readonly name: string;
}

/** `PUT me/password` → 204: every other browser is signed out. `current` unless there is none. @throws `sign_in_failed` */
export interface PasswordChange {
  readonly password: string;
  readonly current?: string | undefined;
}

/** What an account's log tells of. */
export const SIGN_IN_EVENTS = [
  "sign-up",
  "password",
  "passkey",
  "recovery",
  "failed",
  "sign-out",
  "sign-out-everywhere",
  "password-changed",
  "passkey-added",
  "passkey-removed",
] as const;
export type SignInEvent = (typeof SIGN_IN_EVENTS)[number];

/** `GET me/log?cursor=` → 200: what happened at the account's doors within 90 days, the newest first. */
export interface SignInLog {
  readonly events: readonly {
    readonly at: number;
    readonly event: SignInEvent;
    readonly browser: string;
    readonly address: string;
  }[];
  readonly cursor?: string | undefined;
}

/**
 * `GET admin/accounts?cursor=` → 200, for an admin; the newest first. `DELETE admin/accounts/{account}` → 202, as `DELETE me`.
 * @throws `not_admin`, `conflict` for the last admin
 */
export interface Accounts {
  readonly accounts: readonly (Account & {
    readonly lastSeenAt: number;
    readonly talks: number;
    readonly decks: number;
    /** Of all decks. */
    readonly bytes: number;
    readonly isDeleting: boolean;
  })[];
  readonly cursor?: string | undefined;
}

/** `PUT admin/accounts/{account}/role` → 204. @throws `conflict` for the last admin */
export interface RoleChange {
  readonly role: AccountRole;
}

/** `POST admin/invitations` → 201 `OneTimeLink`. One an email: a new one ends the one before. @throws `conflict` where it has an account, `sign_up_closed` */
export interface NewInvitation {
  readonly email: string;
  readonly role: AccountRole;
}

/** Good once, for seven days (an invitation) or one (a recovery: `POST admin/accounts/{account}/recovery`). */
export interface OneTimeLink {
  /** Opens the console; its secret stands in the fragment, which no server ever sees. */
  readonly url: string;
  readonly expiresAt: number;
}
