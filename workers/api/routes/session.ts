import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import { splitUid } from "../../../shared/identity.ts";
import { DAY_MS } from "../../../shared/limits.ts";
import { ProblemError, readAnswer } from "../../../shared/problem.ts";
import type { LoginAnswer, NewSessionAnswer, SessionAnswer } from "../../../shared/session.ts";
import { Done, NewSession, OpenedSession, Seat } from "../../../shared/session.ts";
import {
  type Api,
  readToken,
  readUid,
  requireSession,
  requireSessionOrHostToken,
  requireToken,
  setUidCookie,
} from "../auth.ts";
import { readBody } from "../body.ts";
import type { Keyring } from "../keyring.ts";
import { forgetSession, getSession } from "../session-cache.ts";
import { forgetTimelines } from "../timeline-cache.ts";

/** A record that could not be written is tried again after these waits, in milliseconds. */
const RECORD_RETRIES_MS = [500, 2000];

/** Starting, finding and joining a session. */
export const session = new Hono<Api>()
  .post("/new", readBody(NewSession), async (c) => {
    const { sessionUid: expected, restart, userToken, ...facts } = c.req.valid("json");
    const keyring = c.get("keyring");
    const token = readToken(c);
    const { name, date, hash, host } = await keyring.openToken(token);
    if (!host) throw new ProblemError("not_host", 'a token with "host": false can\'t start a session');
    if (expected !== undefined && (await keyring.openSessionUid(expected)) !== hash) {
      throw new ProblemError("wrong_session", "this token belongs to another session; nothing has changed");
    }
    const userTokenHash = userToken === undefined ? undefined : await openUserToken(keyring, userToken);

    const sessions = c.get("stores").sessions.session[":session"];
    const answer = await sessions.$put({
      param: { session: hash },
      json: {
        restart,
        mustExist: expected !== undefined,
        session: { name, date, ...facts, ...(userTokenHash !== undefined && { userTokenHash }) },
      },
    });
    const { session, resumed, endedAt, generation } = await readAnswer(OpenedSession, answer);
    forgetSession(hash);
    if (restart) {
      forgetTimelines(hash);
      c.executionCtx.waitUntil(forgetResults(c, hash));
    }

    const sessionUid = await keyring.nameSession(hash);
    const hostUid = (await keepUid(c, hash, "h")) ?? (await keyring.createHostUid(hash, generation));
    remember(c, "hosts", hash, hostUid, session.retentionDays);
    setUidCookie(c, sessionUid, hostUid);
    const joinUrl = new URL(facts.webUiUrl);
    joinUrl.searchParams.set("session", sessionUid);
    const body = {
      token,
      hostUid,
      sessionUid,
      joinUrl: joinUrl.href,
      resumed,
      endedAt,
    } satisfies NewSessionAnswer;
    return resumed ? c.json(body, 200) : c.json(body, 201);
  })

  .on("GET", ["/", "/:sessionUid"], requireSessionOrHostToken, async (c) => {
    const { uid, hash } = c.get("session");
    const { name, date, reactions, anyReaction, apiUrl, webUiUrl, wsUrl, deckUrl } = await getSession(c);
    const token = await c.get("keyring").createAudienceToken(hash);
    return c.json(
      {
        sessionUid: uid,
        token,
        userToken: token,
        name,
        date,
        reactions,
        anyReaction,
        apiUrl,
        webUiUrl,
        ...(wsUrl !== undefined && { wsUrl }),
        ...(deckUrl !== undefined && { deckUrl }),
      } satisfies SessionAnswer,
      200,
    );
  })

  // Its optional body says nothing yet; it is read so that a wrong one is refused.
  .post("/:sessionUid/login", requireSession, requireToken, readBody(z.object({})), async (c) => {
    const { uid: sessionUid, hash } = c.get("session");
    const keyring = c.get("keyring");
    let uid = await keepUid(c, hash, "u");
    if (uid === undefined) {
      const seats = c.get("stores").sessions.session[":session"].seats;
      const seat = await readAnswer(Seat, await seats.$post({ param: { session: hash }, json: {} }));
      uid = await keyring.createUid(hash, seat.participant);
      remember(c, "users", hash, uid, (await getSession(c)).retentionDays);
    } else {
      await getSession(c);
    }
    setUidCookie(c, sessionUid, uid);
    return c.json({ uid, token: await keyring.createAudienceToken(hash) } satisfies LoginAnswer, 200);
  });

/** A session that goes on has no final results any more. */
async function forgetResults(c: Context<Api>, session: string): Promise<void> {
  const { results } = c.get("stores").reactions.session[":session"];
  await readAnswer(Done, await results.$delete({ param: { session } }));
}

/** Whoever comes back with a uid of the same role keeps it. */
async function keepUid(c: Context<Api>, hash: string, role: "h" | "u"): Promise<string | undefined> {
  const uid = readUid(c);
  if (uid === undefined) return undefined;
  const participant = await c.get("keyring").openUid(hash, uid);
  return participant?.startsWith(role) ? uid : undefined;
}

async function openUserToken(keyring: Keyring, userToken: string): Promise<string> {
  const signed = await keyring.openToken(userToken).catch(() => undefined);
  if (!signed || signed.host) {
    throw new ProblemError(
      "invalid_request",
      'userToken must be signed like a host token, with "host": false',
    );
  }
  return signed.hash;
}

/** Writes down who hosts or joined, after the answer: no one waits for it, and no one is lost for it. */
function remember(
  c: Context<Api>,
  store: "hosts" | "users",
  session: string,
  uid: string,
  retentionDays: number,
): void {
  const { participant } = splitUid(uid);
  const since = Date.now();
  const json = { session, participant, since, expiresAt: since + retentionDays * DAY_MS };
  const put = async () => {
    const person = c.get("stores")[store].session[":session"].people[":participant"];
    await readAnswer(Done, await person.$put({ param: { session, participant }, json }));
  };
  const write = async () => {
    for (const wait of RECORD_RETRIES_MS) {
      try {
        return await put();
      } catch {
        await scheduler.wait(wait);
      }
    }
    await put().catch((error: unknown) => {
      console.error(JSON.stringify({ message: "a record was not written", store, error: String(error) }));
    });
  };
  c.executionCtx.waitUntil(write());
}
