import type { Context } from "hono";
import { Hono } from "hono";
import { NewState } from "../../../shared/protocol/state.schema.ts";
import type { StateAnswer, StateVersion } from "../../../shared/protocol/state.ts";
import { parse } from "../../lib/problem-error.ts";
import { validate } from "../../lib/validate.ts";
import { requireActor, requireParticipant, requireSession, requireToken } from "../auth.ts";
import { readBody } from "../body.ts";
import { sendJson } from "../headers.ts";
import { requireDecodablePath } from "../path.ts";
import type { RequestEnv } from "../request-env.ts";

/** Where the deck is: hosts say it, everyone reads it. */
export const state = new Hono<RequestEnv>()
  .post("/:sessionUid/state", requireSession, requireActor("presenter"), readBody(NewState), async (c) =>
    sendJson(c, { success: true, ...(await setState(c, c.req.valid("json"))) }),
  )
  .post(
    "/:sessionUid/state/:page/:state",
    requireDecodablePath,
    requireSession,
    requireActor("presenter"),
    validate("param", NewState),
    async (c) => sendJson(c, { success: true, ...(await setState(c, c.req.valid("param"))) }),
  )
  .get("/:sessionUid/state", requireSession, requireToken, requireParticipant(), async (c) => {
    const { uid, hash } = c.get("session");
    const view = await c.get("stores").getState(hash, c.get("participant").name);
    return sendJson(c, { token: c.get("grant").token, uid, ...view } satisfies StateAnswer);
  });

const setState = (c: Context<RequestEnv>, state: NewState): Promise<StateVersion> =>
  c.get("stores").setState(c.get("session").hash, c.get("actor"), parse(NewState, state));
