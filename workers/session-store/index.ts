import { Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import { getRoom, Participant, SessionHash } from "../../shared/identity.ts";
import { onError, onNotFound, ProblemCode, ProblemError, type Refusal } from "../../shared/problem.ts";
import { IdentifiedReaction, NewState, OpenSession, Session } from "../../shared/session.ts";
import { validate } from "../../shared/validate.ts";
import { streamEvents } from "./events.ts";
import { roomNamed } from "./room-name.ts";

export { SessionRoom } from "./session-room.ts";

const session = validate("param", z.object({ session: SessionHash }));
const participant = validate("param", z.object({ session: SessionHash, participant: Participant }));

const RefusalBody = z.object({
  code: ProblemCode,
  detail: z.string(),
  retryAfter: z.number().optional(),
});

/** A Durable Object's refusal becomes a problem; its answer goes on. */
function accepted<T extends object>(answer: T): Exclude<T, Refusal> {
  if ("code" in answer) throw ProblemError.from(RefusalBody.parse(answer));
  return answer as Exclude<T, Refusal>;
}

/** Everything about a session: its facts through KV, the rest in the rooms. */
const app = new Hono<{ Bindings: SessionStoreEnv }>()
  .use(requestId())

  // The session
  .put("/session/:session", session, validate("json", OpenSession), async (c) => {
    const name = c.req.valid("param").session;
    const opening = c.req.valid("json");
    const { resumed } = await roomNamed(c.env, name, 0).open(opening);
    c.executionCtx.waitUntil(c.env.SESSION_KV.put(name, JSON.stringify(opening.session)));
    return c.json({ resumed }, 200);
  })
  .get("/session/:session", session, async (c) => {
    const name = c.req.valid("param").session;
    const known = Session.safeParse(await c.env.SESSION_KV.get(name, "json"));
    if (known.success) return c.json(known.data, 200);
    const info = await roomNamed(c.env, name, 0).info();
    if (!info)
      throw new ProblemError("session_not_found", "this session was never started, or it is forgotten");
    c.executionCtx.waitUntil(c.env.SESSION_KV.put(name, JSON.stringify(info)));
    return c.json(info, 200);
  })
  .post("/session/:session/seats", session, async (c) => {
    return c.json(accepted(await roomNamed(c.env, c.req.valid("param").session, 0).join()), 200);
  })
  .put("/session/:session/state", session, validate("json", NewState), async (c) => {
    const root = roomNamed(c.env, c.req.valid("param").session, 0);
    return c.json(accepted(await root.setState(c.req.valid("json"))), 200);
  })
  .get("/session/:session/totals", session, async (c) => {
    return c.json(accepted(await roomNamed(c.env, c.req.valid("param").session, 0).getTotals()), 200);
  })

  // One participant, in the room that the name says
  .get("/session/:session/participant/:participant/state", participant, async (c) => {
    const { session, participant } = c.req.valid("param");
    return c.json(accepted(await roomNamed(c.env, session, getRoom(participant)).getState()), 200);
  })
  .post(
    "/session/:session/participant/:participant/reactions",
    participant,
    validate("json", IdentifiedReaction),
    async (c) => {
      const { session, participant } = c.req.valid("param");
      const room = roomNamed(c.env, session, getRoom(participant));
      const refusal = await room.react(participant, c.req.valid("json"));
      if (refusal) throw ProblemError.from(refusal);
      return c.json({ success: true as const }, 200);
    },
  )
  .get("/session/:session/participant/:participant/pipe", participant, async (c) => {
    const { session, participant } = c.req.valid("param");
    const room = roomNamed(c.env, session, getRoom(participant));
    const response = await room.fetch(new Request(`http://room/${participant}`, c.req.raw));
    if (response.status !== 101) throw ProblemError.from(RefusalBody.parse(await response.json()));
    return response;
  })
  .get("/session/:session/participant/:participant/events", participant, async (c) => {
    const { session, participant } = c.req.valid("param");
    const room = roomNamed(c.env, session, getRoom(participant));
    const request = new Request(`http://room/${participant}`, { headers: { Upgrade: "websocket" } });
    const response = await room.fetch(request);
    if (!response.webSocket) throw ProblemError.from(RefusalBody.parse(await response.json()));
    return streamEvents(response.webSocket);
  });

app.onError(onError);
app.notFound(onNotFound);

export type SessionStore = typeof app;
export default app;
