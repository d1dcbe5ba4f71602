import { Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import { Participant, SessionHash } from "../../shared/protocol/identity.schema.ts";
import { measure } from "../lib/measure.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { Joining } from "../lib/record.ts";
import { validate } from "../lib/validate.ts";
import { forgetPerson, forgetSession, keepJoining } from "./joinings.ts";

const session = validate("param", z.object({ session: SessionHash }));
const person = validate("param", z.object({ session: SessionHash, participant: Participant }));

/** Remembers who joined what. Never read on the hot path. */
const app = new Hono<{ Bindings: UserStoreEnv }>()
  .use(measure("user-store"))
  .use(requestId())
  .post("/session/:session/people", session, validate("json", Joining), async (c) => {
    await keepJoining(c.env.USER_KV, c.req.valid("param").session, c.req.valid("json"));
    return c.json({ success: true as const }, 200);
  })
  .delete("/session/:session/people/:participant", person, async (c) => {
    const { session, participant } = c.req.valid("param");
    await forgetPerson(c.env.USER_KV, session, participant);
    return c.json({ success: true as const }, 200);
  })
  // As many as one call may delete; `left` says whether there are more.
  .delete("/session/:session/people", session, async (c) =>
    c.json({ left: await forgetSession(c.env.USER_KV, c.req.valid("param").session) }, 200),
  );

app.onError(onError);
app.notFound(onNotFound);

export type UserStore = typeof app;
export default app;
