import { Done } from "../../shared/protocol/session.schema.ts";
import type { FlowCopies } from "../lib/flow-copy.ts";
import type { BegunOpening } from "../lib/host-talk.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { OpenedSession, type OpenSession } from "../lib/session.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import { proposeJoinCodes } from "./join-code.ts";
import { forgetPlan } from "./planned-talk.ts";
import type { RequestEnv } from "./request-env.ts";
import { invalidateSession } from "./session-cache.ts";
import { noteOpening } from "./talk-session.ts";
import type { Issue } from "./token.ts";

/** How long an opening waits until its talk's flows are there, in ms; where that is in vain, the next one tries again. */
const FLOWS_MS = 5000;

type Context = Pick<RequestEnv["Variables"], "stores" | "keyring">;

/** The session is a talk's: the token that it is opened with, and what host-store has noted of that. */
interface TalkOpening {
  readonly issue: Issue;
  readonly begun: BegunOpening;
}

interface Opened extends OpenedSession {
  /** Flows are saved with the talk, and are not in its session yet. */
  readonly withoutFlows: boolean;
}

/**
 * Opens a session, for a host or for the clock. One of a talk is noted there, and has the talk's flows.
 * @throws `invalid_token`: the talk's token is not good any more, or the talk is gone
 */
export async function openSession(
  { stores, keyring }: Context,
  session: string,
  facts: OpenSession,
  talk?: TalkOpening,
): Promise<Opened> {
  const given = { ...facts, joinCodes: await proposeJoinCodes(keyring, session) };
  const json = talk
    ? {
        ...given,
        token: talk.begun.current,
        session: { ...facts.session, startsAt: talk.begun.startsAt },
      }
    : given;
  const answer = await stores.sessions.session[":session"].$put({ param: { session }, json });
  const opened = await readAnswer(OpenedSession, answer);
  invalidateSession(session);
  forgetPlan(session);
  if (!talk) return { ...opened, withoutFlows: false };
  const { resumed, endedAt, openedAt } = opened;
  const isNew = !resumed || facts.restart;
  const opening = { isNew, isOver: endedAt !== null, since: talk.begun.since, openedAt };
  const flows = await noteOpening(stores, session, talk.issue, opening);
  const hasFlows = flows.length === 0 || (await handOver({ stores, keyring }, session, flows));
  return { ...opened, withoutFlows: !hasFlows };
}

/**
 * The session's flows are those that its talk had when it began: once, whoever opens it again.
 * @returns whether they are there; what is wrong keeps nobody from giving their talk
 */
async function handOver(
  { stores, keyring }: Context,
  session: string,
  flows: FlowCopies["flows"],
): Promise<boolean> {
  const { copies } = stores.automations.session[":session"];
  try {
    const json = { sessionUid: await keyring.nameSession(session), flows };
    await withTimeout(
      async () => readAnswer(Done, await copies.$put({ param: { session }, json })),
      FLOWS_MS,
    );
    return true;
  } catch (error) {
    logFailure("a talk's session is without its flows; the next opening tries again", error);
    return false;
  }
}
