import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { CoHostRole } from "../../shared/protocol/co-host.ts";
import { getRole, type Role } from "../../shared/protocol/identity.ts";
import { DAY_MS, LIMITS } from "../../shared/protocol/limits.ts";
import type { Actor } from "../lib/actor.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { isForeign } from "./headers.ts";
import { getKeyring, type Keyring } from "./keyring.ts";
import { getSession } from "./session-cache.ts";
import { Stores } from "./stores.ts";

/** What a request's middlewares have found out, for the handlers after them. */
export interface Api {
  Bindings: ApiEnv;
  Variables: {
    requestId: string;
    keyring: Keyring;
    stores: Stores;
    /** The session in the path: its public name, and its name inside the stores. */
    session: { uid: string; hash: string };
    /** The caller's token as it was sent, and what it is good for. */
    access: Access;
    /** Who acts as a host: the host, or a co-host. Whether they still may, the root knows. */
    actor: Actor;
    /** The caller's uid, and the same without its tag. */
    participant: { uid: string; name: string; role: Role };
  };
}

/** A token as it was sent, and what it is good for; a co-host's names its participant. */
interface Access {
  readonly token: string;
  readonly role: Role | CoHostRole;
  readonly coHost?: string;
}
type HostAccess = Access & { readonly role: Actor["role"] };

const TOKEN_HEADER = "x-session-token";
const UID_HEADER = "x-session-uid";

/** Keys and stores for everything after it. @throws `not_configured` */
export const configure = createMiddleware<Api>(async function configure(c, next) {
  c.set("keyring", await getKeyring(c.env));
  c.set("stores", new Stores(c.env, c.get("requestId")));
  await next();
});

/** The path names a session that we made a name for. No object is woken to find out. */
export const requireSession = createMiddleware<Api, "/:sessionUid">(async function requireSession(c, next) {
  const uid = c.req.param("sessionUid");
  const hash = await c.get("keyring").openSessionUid(uid);
  if (hash === undefined)
    throw new ProblemError("session_not_found", "check the link: no session has this name");
  c.set("session", { uid, hash });
  await next();
});

/** The session in the path or, where it names none, that of the host token: whoever has it needs to know nothing else. */
export const requireSessionOrHostToken = createMiddleware<Api>(
  async function requireSessionOrHostToken(c, next) {
    if (c.req.param("sessionUid") !== undefined) return requireSession(c, next);
    const keyring = c.get("keyring");
    const { hash, host } = await keyring.openToken(readToken(c));
    if (!host) throw new ProblemError("not_host", 'a token with "host": false has no session of its own');
    c.set("session", { uid: await keyring.nameSession(hash), hash });
    await next();
  },
);

/** A token that lets into this session: the audience's, its host's, or the userToken of its host. */
export const requireToken = createMiddleware<Api>(async function requireToken(c, next) {
  c.set("access", await readAccess(c, readToken(c)));
  await next();
});

/** The same, but for EventSource, which has no headers: the audience token may stand in the query. */
export const requireEventsToken = createMiddleware<Api>(async function requireEventsToken(c, next) {
  const query = c.req.query("token");
  if (query === undefined) {
    c.set("access", await readAccess(c, readToken(c)));
  } else if (await c.get("keyring").isAudienceToken(c.get("session").hash, query)) {
    c.set("access", { token: query, role: "user" });
  } else {
    throw new ProblemError(
      "invalid_token",
      "only the audience token may stand in a URL; send others as a header",
    );
  }
  await next();
});

/** The host token of this session, and nothing less. */
export const requireHost = createMiddleware<Api>(async function requireHost(c, next) {
  c.set("access", await readHostAccess(c, []));
  await next();
});

/** A host with token and uid: the host, or a co-host of one of these roles. */
export const requireActor = (...roles: CoHostRole[]) =>
  createMiddleware<Api>(async function requireActor(c, next) {
    await setActor(c, await readHostAccess(c, roles));
    await next();
  });

/** Who reads results: hosts and co-hosts of every role; users too, as far as the root finds the results public. */
export const requireReader = createMiddleware<Api>(async function requireReader(c, next) {
  const access = await readAccess(c, readToken(c));
  if (isHostAccess(access)) {
    await setActor(c, access);
  } else {
    c.set("access", access);
    c.set("participant", await openParticipant(c, readUid(c), LOGIN_GIVES_ONE));
  }
  await next();
});

/** A uid of this session, of this role if one is given. Where the path names a uid, it is the same one. */
export const requireParticipant = (role?: "user", findUid = readUid) =>
  createMiddleware<Api>(async function requireParticipant(c, next) {
    const participant = await openParticipant(c, findUid(c), LOGIN_GIVES_ONE);
    const inPath: string | undefined = c.req.param("uid");
    if (inPath !== undefined && inPath !== participant.uid) {
      throw new ProblemError("not_participant", "the path names another participant than you are");
    }
    if (role === "user" && participant.role !== "user") {
      throw new ProblemError("not_participant", "this takes a user's uid");
    }
    c.set("participant", participant);
    await next();
  });

const LOGIN_GIVES_ONE = `send a uid of this session as ${UID_HEADER}; login gives one`;

/** @throws `not_participant` with this detail, when it is no uid of the session */
async function openParticipant(c: Context<Api>, uid: string | undefined, detail: string) {
  const name = uid === undefined ? undefined : await c.get("keyring").openUid(c.get("session").hash, uid);
  if (uid === undefined || name === undefined) throw new ProblemError("not_participant", detail);
  return { uid, name, role: getRole(name) };
}

/** The uid that goes with a host's or co-host's token. */
async function setActor(c: Context<Api>, access: HostAccess): Promise<void> {
  const detail = `send your hostUid of this session as ${UID_HEADER}`;
  const participant = await openParticipant(c, readUid(c), detail);
  if (participant.role !== "host") throw new ProblemError("not_host", "this takes a host's uid");
  if (access.coHost !== undefined && access.coHost !== participant.name) {
    throw new ProblemError("not_participant", "this co-host token belongs to another hostUid");
  }
  c.set("access", access);
  c.set("participant", participant);
  c.set("actor", { participant: participant.name, role: access.role });
}

const isHostAccess = (access: Access): access is HostAccess => access.role !== "user";

async function readHostAccess(c: Context<Api>, roles: readonly CoHostRole[]): Promise<HostAccess> {
  const access = await readAccess(c, readToken(c));
  if (!isHostAccess(access)) throw new ProblemError("not_host", "this takes the session's host token");
  if (access.role === "host" || roles.includes(access.role)) return access;
  throw new ProblemError("role_not_allowed", `a ${access.role} may not do this`);
}

/** The caller's uid: the header wins over the cookie. */
export const readUid = (c: Context<Api>): string | undefined =>
  c.req.header(UID_HEADER) ?? getCookie(c, "uid");

/** The same for EventSource, which has no headers: what stands in the query wins over a cookie that happens to be there. */
export const readEventsUid = (c: Context<Api>): string | undefined =>
  c.req.header(UID_HEADER) ?? c.req.query("uid") ?? getCookie(c, "uid");

/** The token header. @throws `missing_token` */
export function readToken(c: Context<Api>): string {
  const token = c.req.header(TOKEN_HEADER);
  if (!token) throw new ProblemError("missing_token", `send a token as ${TOKEN_HEADER}`);
  return token;
}

/**
 * Gives the uid as a cookie too, for clients that keep nothing themselves. A page of another origin gets none:
 * it would stand in every request that any page makes from the same place.
 */
export function setUidCookie(c: Context<Api>, sessionUid: string, uid: string): void {
  if (isForeign(c)) return;
  const isSecure = new URL(c.req.url).protocol === "https:";
  setCookie(c, "uid", uid, {
    path: `/api/v1/session/${sessionUid}`,
    httpOnly: true,
    maxAge: (LIMITS.retentionDays * DAY_MS) / 1000,
    ...(isSecure && { secure: true, sameSite: "None", partitioned: true }),
  });
}

async function readAccess(c: Context<Api>, token: string): Promise<Access> {
  const { hash } = c.get("session");
  const keyring = c.get("keyring");
  if (await keyring.isAudienceToken(hash, token)) return { token, role: "user" };
  const coHost = await keyring.openCoHostToken(hash, token);
  if (coHost) return { token, role: coHost.role, coHost: coHost.participant };
  const signed = await keyring.openToken(token);
  if (signed.host && signed.hash === hash) return { token, role: "host" };
  // Whatever else it is good for: here it lets in a user, if the host gave it as its userToken.
  if ((await getSession(c)).userTokenHash === signed.hash) return { token, role: "user" };
  throw new ProblemError("wrong_session", "this token belongs to another session");
}
