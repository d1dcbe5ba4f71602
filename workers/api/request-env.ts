import { createMiddleware } from "hono/factory";
import type { CoHostRole } from "../../shared/protocol/co-host.ts";
import type { Role } from "../../shared/protocol/identity.ts";
import type { Actor } from "../lib/actor.ts";
import { withContract } from "../lib/contract.ts";
import type { SignedInAccount } from "../lib/host-account.ts";
import { getKeyring, type Keyring } from "./keyring.ts";
import { Stores } from "./stores.ts";
import type { Issue } from "./token.ts";

/** What a handler has: the Worker's bindings, and what the middlewares before it have found out of the request. */
export interface RequestEnv {
  Bindings: ApiEnv;
  Variables: {
    requestId: string;
    /** An answer that has all its headers. */
    whole?: Response;
    keyring: Keyring;
    stores: Stores;
    /** The session in the path: its public name, and its name inside the stores. */
    session: { uid: string; hash: string };
    grant: Grant;
    /** Who acts as a host: the host, or a co-host. Whether they still may, the root knows. */
    actor: Actor;
    /** The overlay whose key was sent. */
    overlay: string;
    /** Who is signed in to which account. */
    account: SignedInAccount;
    /** The caller's uid, and the same without its tag. */
    participant: { uid: string; name: string; role: Role };
  };
}

/** The caller's token as it was sent, and what it lets its holder be in the session; a co-host's names its participant. */
export interface Grant {
  readonly token: string;
  readonly role: Role | CoHostRole;
  readonly coHost?: string;
  /** A host's, where the session is one of a talk. */
  readonly issue?: Issue;
}

/** Keys and stores for everything after it. @throws `not_configured` */
export const configure = withContract(
  { problems: ["not_configured"] },
  createMiddleware<RequestEnv>(async function configure(c, next) {
    c.set("keyring", await getKeyring(c.env));
    c.set("stores", new Stores(c.env, c.get("requestId")));
    await next();
  }),
);
