import type { Context } from "hono";
import { Hono } from "hono";
import { NewState } from "../../../shared/protocol/state.schema.ts";
import type { StateAnswer, StateVersion } from "../../../shared/protocol/state.ts";
import { parse } from "../../lib/problem-error.ts";
import { validate } from "../../lib/validate.ts";
import { requireActor, requireParticipant, requireSession, requireToken } from "../auth.ts";
import { readBody } from "../body.ts";
import { requireDecodablePath } from "../path.ts";
import type { RequestEnv } from "../request-env.ts";

/** Where the deck is: hosts say it, everyone reads it. */
export const state = new Hono<RequestEnv>()
  .post("/:sessionUid/state", requireSession, requireActor("presenter"), readBody(NewState), async (c) =>
    c.json({ success: true, ...(await setState(c, c.req.valid("json"))) }, 200),
  )
  .post(
    "/:sessionUid/state/:page/:state",
    requireDecodablePath,
    requireSession,
    requireActor("presenter"),
    validate("param", NewState),
    async (c) => c.json({ success: true, ...(await setState(c, c.req.valid("param"))) }, 200),
  )
  .get("/:sessionUid/state", requireSession, requireToken, requireParticipant(), async (c) => {
    const { uid, hash } = c.get("session");
    const view = await c.get("stores").getState(hash, c.get("participant").name);
    return c.json({ token: c.get("grant").token, uid, ...view } satisfies StateAnswer, 200);
  });

const setState = (c: Context<RequestEnv>, state: NewState): Promise<StateVersion> =>
  c.get("stores").setState(c.get("session").hash, c.get("actor"), parse(NewState, state));
