import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import { isOfGeneration, splitUid } from "../../../shared/protocol/identity.ts";
import { DAY_MS } from "../../../shared/protocol/limits.ts";
import { Done, NewSession } from "../../../shared/protocol/session.schema.ts";
import type {
  LoginAnswer,
  NewSessionAnswer,
  RevokeAnswer,
  SessionAnswer,
} from "../../../shared/protocol/session.ts";
import { insist } from "../../lib/insist.ts";
import { logFailure } from "../../lib/log-failure.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { Revocation, type Session } from "../../lib/session.ts";
import { hasMark } from "../../lib/token-mark.ts";
import { requireHost, requireSession, requireSessionOrHostToken, requireToken } from "../auth.ts";
import { readBody } from "../body.ts";
import { readToken, readUid, setUidCookie } from "../credentials.ts";
import { hintSession } from "../flow-hint.ts";
import { sendJsonText } from "../headers.ts";
import { openJoinCode } from "../join-code.ts";
import { noteJoining } from "../joinings.ts";
import type { Keyring } from "../keyring.ts";
import { openSession } from "../open-session.ts";
import { getSessionOrPlan } from "../planned-talk.ts";
import type { RequestEnv } from "../request-env.ts";
import { getSession, invalidateSession } from "../session-cache.ts";
import { beginOpening, readSaved } from "../talk-session.ts";
import { invalidateTimelines } from "../timeline-cache.ts";

/** What a look at a session says, and under which of its names, as long as the session is remembered: a hall asks within seconds. */
const looks = new WeakMap<Session, { readonly uid: string; readonly json: string }>();

/** Starting, finding and joining a session, and sending everybody out. */
export const session = new Hono<RequestEnv>()
  .post("/new", readBody(NewSession), async (c) => {
    const { sessionUid: expected, restart, userToken, ...facts } = c.req.valid("json");
    const keyring = c.get("keyring");
    const token = readToken(c);
    const { name, date, hash, host, issue } = await keyring.openToken(token);
    if (!host) throw new ProblemError("not_host", 'a token with "host": false can\'t start a session');
    if (expected !== undefined && (await keyring.openSessionUid(expected)) !== hash) {
      throw new ProblemError("wrong_session", "this token belongs to another session; nothing has changed");
    }
    const userTokenHash = userToken === undefined ? undefined : await openUserToken(keyring, userToken, hash);

    const stores = c.get("stores");
    const [begun, saved] = issue
      ? await Promise.all([beginOpening(stores, issue), readSaved(stores, issue)])
      : [];
    const opened = await openSession(
      { stores, keyring },
      hash,
      {
        restart,
        mustExist: expected !== undefined,
        ...saved,
        session: { name, date, ...facts, ...(userTokenHash !== undefined && { userTokenHash }) },
      },
      issue && begun && { issue, begun },
    );
    const { session, resumed, endedAt, generation, withoutFlows, joinCode } = opened;
    if (restart) {
      invalidateTimelines(hash);
      c.executionCtx.waitUntil(forgetResults(c, hash));
      hintSession(c, hash);
      await forgetRecap(c, hash);
    }

    const sessionUid = await keyring.nameSession(hash);
    const known = await readKnown(c, hash, "h");
    const isGood =
      known !== undefined &&
      isOfGeneration(known.participant, generation) &&
      (!issue || hasMark(known.participant, issue.id));
    const hostUid = isGood ? known.uid : await keyring.createHostUid(hash, generation, issue);
    remember(c, hash, hostUid, session.retentionDays);
    setUidCookie(c, sessionUid, hostUid);
    const joinUrl = new URL(facts.webUiUrl);
    joinUrl.searchParams.set("session", sessionUid);
    const code = await openJoinCode(keyring, hash, joinCode);
    // Sealed with a secret that is no more.
    if (joinCode && code === null) c.executionCtx.waitUntil(dropJoinCode(c, hash));
    const body = {
      token,
      hostUid,
      sessionUid,
      joinUrl: joinUrl.href,
      joinCode: code,
      resumed,
      endedAt,
      ...(withoutFlows && { withoutFlows }),
    } satisfies NewSessionAnswer;
    return c.json(body, 200);
  })

  .on("GET", ["/", "/:sessionUid"], requireSessionOrHostToken, async (c) => {
    const { uid, hash } = c.get("session");
    const session = await getSessionOrPlan(c);
    const said = looks.get(session);
    if (said?.uid === uid) return sendJsonText(c, said.json);
    const { name, date, reactions, anyReaction, apiUrl, webUiUrl, wsUrl, deckUrl } = session;
    const keyring = c.get("keyring");
    const token = await keyring.createAudienceToken(hash);
    const answer = {
      sessionUid: uid,
      token,
      userToken: token,
      joinCode: await openJoinCode(keyring, hash, session.joinCode),
      startsAt: session.startsAt ?? null,
      name,
      date,
      reactions,
      anyReaction,
      apiUrl,
      webUiUrl,
      ...(wsUrl !== undefined && { wsUrl }),
      ...(deckUrl !== undefined && { deckUrl }),
    } satisfies SessionAnswer;
    const json = JSON.stringify(answer);
    looks.set(session, { uid, json });
    return sendJsonText(c, json);
  })

  // Its optional body says nothing yet; it is read so that a wrong one is refused.
  .post("/:sessionUid/login", requireSession, requireToken, readBody(z.object({})), async (c) => {
    const { uid: sessionUid, hash } = c.get("session");
    const keyring = c.get("keyring");
    const known = await readKnown(c, hash, "u");
    const participant = await c.get("stores").join(hash, known?.participant);
    const isKnown = known !== undefined && participant === known.participant;
    const uid = isKnown ? known.uid : await keyring.createUid(hash, participant);
    if (!isKnown) noteJoining(c, participant);
    setUidCookie(c, sessionUid, uid);
    return c.json({ uid, token: await keyring.createAudienceToken(hash) } satisfies LoginAnswer, 200);
  })

  // The host token alone decides: whoever has lost its hostUid, too, can send everybody out.
  .post("/:sessionUid/revoke", requireSession, requireHost, async (c) => {
    const { uid: sessionUid, hash } = c.get("session");
    const revoke = c.get("stores").sessions.session[":session"].generation.$put;
    const { generation } = await readAnswer(Revocation, await revoke({ param: { session: hash } }));
    invalidateSession(hash);
    invalidateTimelines(hash);
    const hostUid = await c.get("keyring").createHostUid(hash, generation, c.get("grant").issue);
    remember(c, hash, hostUid, (await getSession(c)).retentionDays);
    setUidCookie(c, sessionUid, hostUid);
    return c.json({ hostUid, generation } satisfies RevokeAnswer, 200);
  });

/** It leads nowhere any more; the session gets another one when it is opened again. */
async function dropJoinCode(c: Context<RequestEnv>, session: string): Promise<void> {
  const code = c.get("stores").sessions.session[":session"]["join-code"];
  await readAnswer(Done, await code.$delete({ param: { session } }));
  invalidateSession(session);
}

/** A session that goes on has no final results any more. */
async function forgetResults(c: Context<RequestEnv>, session: string): Promise<void> {
  const { results } = c.get("stores").reactions.session[":session"];
  await readAnswer(Done, await results.$delete({ param: { session } }));
}

/** What it told is erased: nobody reads it any more when the answer comes, or soon after. */
async function forgetRecap(c: Context<RequestEnv>, session: string): Promise<void> {
  const forget = async () => {
    const recap = c.get("stores").recaps.session[":session"];
    await readAnswer(Done, await recap.$delete({ param: { session } }));
  };
  await forget().catch(() => {
    const forgetting = insist(forget).catch((error: unknown) => {
      logFailure("the recap of a session that begins anew was not forgotten", error);
    });
    c.executionCtx.waitUntil(forgetting);
  });
}

/** The uid that somebody comes back with, if it is one of this role; whether it is still good, the root knows. */
async function readKnown(c: Context<RequestEnv>, hash: string, role: "h" | "u") {
  const uid = readUid(c);
  if (uid === undefined) return undefined;
  const participant = await c.get("keyring").openUid(hash, uid);
  return participant?.startsWith(role) ? { uid, participant } : undefined;
}

async function openUserToken(keyring: Keyring, userToken: string, hash: string): Promise<string> {
  const signed = await keyring.openToken(userToken).catch(() => undefined);
  if (!signed) {
    throw new ProblemError(
      "invalid_request",
      "userToken must be signed like a host token, and must not have expired",
    );
  }
  if (signed.issue) {
    throw new ProblemError(
      "invalid_request",
      "userToken must not be a talk's token: it makes whoever has it its host",
    );
  }
  if (signed.hash === hash) {
    throw new ProblemError("invalid_request", "userToken must not be the host token: give another one");
  }
  return signed.hash;
}

/** Writes down who hosts, after the answer: no one waits for it, and no one is lost for it. */
function remember(c: Context<RequestEnv>, session: string, uid: string, retentionDays: number): void {
  const { participant } = splitUid(uid);
  const since = Date.now();
  const json = { session, participant, since, expiresAt: since + retentionDays * DAY_MS };
  const put = async () => {
    const person = c.get("stores").hosts.session[":session"].people[":participant"];
    await readAnswer(Done, await person.$put({ param: { session, participant }, json }));
  };
  const write = insist(put).catch((error: unknown) => {
    logFailure("a record was not written", error);
  });
  c.executionCtx.waitUntil(write);
}
