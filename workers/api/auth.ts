import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import * as z from "zod";
import type { CoHostRole } from "../../shared/protocol/co-host.ts";
import { SessionUid, Uid } from "../../shared/protocol/identity.schema.ts";
import { getRole, isPerson } from "../../shared/protocol/identity.ts";
import type { ProblemCode } from "../../shared/protocol/problem.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import type { Actor } from "../lib/actor.ts";
import { type Contract, withContract } from "../lib/contract.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { readToken, readUid, UID_HEADER } from "./credentials.ts";
import type { Grant, RequestEnv } from "./request-env.ts";
import { getSession } from "./session-cache.ts";

/* Who may do what: each middleware is named after what it ensures. What only the root knows, such as an invitation that was taken back, it decides. */

type HostGrant = Grant & { readonly role: Actor["role"] };

/** What may be wrong with a token: the last one is heard where only the session knows whether it is the host's userToken. */
const TOKEN: ProblemCode[] = ["missing_token", "invalid_token", "wrong_session", "session_not_found"];

const OF_HOST: Contract = { needs: ["token"], problems: [...TOKEN, "not_host", "role_not_allowed"] };
const OF_PARTICIPANT: Contract = {
  needs: ["uid"],
  param: z.object({ uid: Uid }),
  problems: ["not_participant"],
};
const OF_ACTOR: Contract = {
  needs: ["token", "uid"],
  problems: [...TOKEN, "not_host", "role_not_allowed", "not_participant"],
};

/** The path names a session that we made a name for. No object is woken to find out. */
export const requireSession = withContract(
  { param: z.object({ sessionUid: SessionUid }), problems: ["session_not_found"] },
  createMiddleware<RequestEnv, "/:sessionUid">(async function requireSession(c, next) {
    const uid = c.req.param("sessionUid");
    const hash = await c.get("keyring").openSessionUid(uid);
    if (hash === undefined)
      throw new ProblemError("session_not_found", "check the link: no session has this name");
    c.set("session", { uid, hash });
    await next();
  }),
);

/** The session in the path or, where it names none, that of the host token: whoever has it needs to know nothing else. */
export const requireSessionOrHostToken = withContract(
  {
    param: z.object({ sessionUid: SessionUid }),
    problems: ["missing_token", "invalid_token", "not_host", "session_not_found"],
  },
  createMiddleware<RequestEnv>(async function requireSessionOrHostToken(c, next) {
    if (c.req.param("sessionUid") !== undefined) return requireSession(c, next);
    const keyring = c.get("keyring");
    const { hash, host, issue } = await keyring.openToken(readToken(c));
    if (!host) throw new ProblemError("not_host", 'a token with "host": false has no session of its own');
    if (issue) await c.get("stores").checkToken(hash, issue.id);
    c.set("session", { uid: await keyring.nameSession(hash), hash });
    await next();
  }),
);

/** A token that lets into this session: the audience's, its host's, or the userToken of its host. */
export const requireToken = withContract(
  { needs: ["token"], problems: TOKEN },
  createMiddleware<RequestEnv>(async function requireToken(c, next) {
    c.set("grant", await readGrant(c, readToken(c)));
    await next();
  }),
);

/** The same, but for EventSource, which has no headers: the audience token may stand in the query. */
export const requireEventsToken = withContract(
  { needs: ["token"], problems: TOKEN },
  createMiddleware<RequestEnv>(async function requireEventsToken(c, next) {
    const query = c.req.query("token");
    if (query === undefined) {
      c.set("grant", await readGrant(c, readToken(c)));
    } else if (await c.get("keyring").isAudienceToken(c.get("session").hash, query)) {
      c.set("grant", { token: query, role: "user" });
    } else {
      throw new ProblemError(
        "invalid_token",
        "only the audience token may stand in a URL; send others as a header",
      );
    }
    await next();
  }),
);

/** The host, or a co-host of any role. @param detail why nobody else is let in */
export const requireAnyHost = (detail: string) =>
  withContract(
    { problems: ["not_host"] },
    createMiddleware<RequestEnv>(async function requireAnyHost(c, next) {
      if (c.get("grant").role === "user") throw new ProblemError("not_host", detail);
      await next();
    }),
  );

/** The key of one of this session's overlays; whether it was revoked, the root knows. */
export const requireOverlayKey = withContract(
  { needs: ["token"], problems: ["missing_token", "invalid_token"] },
  createMiddleware<RequestEnv>(async function requireOverlayKey(c, next) {
    const overlay = await c.get("keyring").openOverlayKey(c.get("session").hash, readToken(c));
    if (overlay === undefined) {
      throw new ProblemError("invalid_token", "this is no key of an overlay of this session");
    }
    c.set("overlay", overlay);
    await next();
  }),
);

/** The host token of this session, and nothing less. */
export const requireHost = withContract(
  OF_HOST,
  createMiddleware<RequestEnv>(async function requireHost(c, next) {
    c.set("grant", await readHostGrant(c, []));
    await next();
  }),
);

/** A host with token and uid: the host, or a co-host of one of these roles. */
export const requireActor = (...roles: CoHostRole[]) =>
  withContract(
    OF_ACTOR,
    createMiddleware<RequestEnv>(async function requireActor(c, next) {
      await setActor(c, await readHostGrant(c, roles));
      await next();
    }),
  );

/** Who reads results: hosts and co-hosts of every role; users too, as far as the root finds the results public. */
export const requireReader = withContract(
  { ...OF_ACTOR, problems: [...TOKEN, "not_host", "not_participant"] },
  createMiddleware<RequestEnv>(async function requireReader(c, next) {
    const grant = await readGrant(c, readToken(c));
    if (isHostGrant(grant)) {
      await setActor(c, grant);
    } else {
      c.set("grant", grant);
      c.set("participant", await openParticipant(c, readUid(c), LOGIN_GIVES_ONE));
    }
    await next();
  }),
);

/** A co-host reads what the host reads as long as the invitation is good, which the root knows: it is asked each time. */
export const requireGoodInvitation = withContract(
  { problems: ["not_host", "session_not_found"] },
  createMiddleware<RequestEnv>(async function requireGoodInvitation(c, next) {
    const { role, coHost: participant } = c.get("grant");
    if (participant !== undefined && role !== "user") {
      const { rules } = c.get("stores").sessions.session[":session"];
      await readAnswer(
        HostRules,
        await rules.$get({ param: { session: c.get("session").hash }, query: { participant, role } }),
      );
    }
    await next();
  }),
);

/** The session is there: what it has besides, such as its recap and its flows, goes with it. */
export const requireLiving = withContract(
  { problems: ["session_not_found"] },
  createMiddleware<RequestEnv>(async function requireLiving(c, next) {
    await getSession(c);
    await next();
  }),
);

/** Who comes with the audience's token, or with another one's uid, is told what the audience may know. */
export const isHost = ({ role, coHost }: Grant, participant: string): boolean =>
  role !== "user" && getRole(participant) === "host" && (coHost === undefined || coHost === participant);

/** A uid of this session, of this role if one is given. Where the path names a uid, it is the same one. */
export const requireParticipant = (role?: "user", findUid = readUid) =>
  withContract(
    OF_PARTICIPANT,
    createMiddleware<RequestEnv>(async function requireParticipant(c, next) {
      const participant = await openParticipant(c, findUid(c), LOGIN_GIVES_ONE);
      const inPath: string | undefined = c.req.param("uid");
      if (inPath !== undefined && inPath !== participant.uid) {
        throw new ProblemError("not_participant", "the path names another participant than you are");
      }
      if (role === "user" && !isPerson(participant.name)) {
        throw new ProblemError("not_participant", "this takes a user's uid");
      }
      c.set("participant", participant);
      await next();
    }),
  );

const LOGIN_GIVES_ONE = `send a uid of this session as ${UID_HEADER}; login gives one`;

/** @throws `not_participant` with this detail, when it is no uid of the session */
async function openParticipant(c: Context<RequestEnv>, uid: string | undefined, detail: string) {
  const name = uid === undefined ? undefined : await c.get("keyring").openUid(c.get("session").hash, uid);
  if (uid === undefined || name === undefined) throw new ProblemError("not_participant", detail);
  return { uid, name, role: getRole(name) };
}

/** The uid that goes with a host's or co-host's token. */
async function setActor(c: Context<RequestEnv>, grant: HostGrant): Promise<void> {
  const detail = `send your hostUid of this session as ${UID_HEADER}`;
  const participant = await openParticipant(c, readUid(c), detail);
  if (participant.role !== "host") throw new ProblemError("not_host", "this takes a host's uid");
  if (grant.coHost !== undefined && grant.coHost !== participant.name) {
    throw new ProblemError("not_participant", "this co-host token belongs to another hostUid");
  }
  c.set("grant", grant);
  c.set("participant", participant);
  c.set("actor", { participant: participant.name, role: grant.role });
}

const isHostGrant = (grant: Grant): grant is HostGrant => grant.role !== "user";

async function readHostGrant(c: Context<RequestEnv>, roles: readonly CoHostRole[]): Promise<HostGrant> {
  const grant = await readGrant(c, readToken(c));
  if (!isHostGrant(grant)) throw new ProblemError("not_host", "this takes the session's host token");
  if (grant.role === "host" || roles.includes(grant.role)) return grant;
  throw new ProblemError("role_not_allowed", `a ${grant.role} may not do this`);
}

async function readGrant(c: Context<RequestEnv>, token: string): Promise<Grant> {
  const { hash } = c.get("session");
  const keyring = c.get("keyring");
  if (await keyring.isAudienceToken(hash, token)) return { token, role: "user" };
  const coHost = await keyring.openCoHostToken(hash, token);
  if (coHost) return { token, role: coHost.role, coHost: coHost.participant };
  const signed = await keyring.openToken(token);
  if (signed.host && signed.hash === hash) {
    // Only the session knows whether it is still good: a host with a token of their own pays nothing for that.
    if (signed.issue) await c.get("stores").checkToken(hash, signed.issue.id);
    return { token, role: "host", ...(signed.issue && { issue: signed.issue }) };
  }
  // Whatever else it is good for: here it lets in a user, if the host gave it as its userToken.
  if (!signed.issue && (await getSession(c)).userTokenHash === signed.hash) return { token, role: "user" };
  throw new ProblemError("wrong_session", "this token belongs to another session");
}
