import { Hono } from "hono";
import * as z from "zod";
import { Participant, SessionHash } from "../../shared/protocol/identity.schema.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { DELETION_PAGE, PersonRecord } from "../lib/record.ts";
import { validate } from "../lib/validate.ts";

const session = validate("param", z.object({ session: SessionHash }));
const person = validate("param", z.object({ session: SessionHash, participant: Participant }));

const recordKey = (session: string, participant: string) => `${session}/${participant}`;

/**
 * Records of people, `{session}/{participant}` in KV. The record is kept as the key's metadata too, so that whoever
 * lists the keys reads none of them.
 */
export const recordRoutes = new Hono<{ Bindings: UserStoreEnv }>()
  .put("/session/:session/people/:participant", person, validate("json", PersonRecord), async (c) => {
    const { session, participant } = c.req.valid("param");
    const record = c.req.valid("json");
    if (record.session !== session || record.participant !== participant) {
      throw new ProblemError("invalid_request", "the record is not this participant's");
    }
    await c.env.USER_KV.put(recordKey(session, participant), JSON.stringify(record), {
      expiration: Math.ceil(record.expiresAt / 1000),
      metadata: record,
    });
    return c.json({ success: true as const }, 200);
  })
  .delete("/session/:session/people/:participant", person, async (c) => {
    const { session, participant } = c.req.valid("param");
    await c.env.USER_KV.delete(recordKey(session, participant));
    return c.json({ success: true as const }, 200);
  })
  // As many as one call may delete; `left` says whether there are more.
  .delete("/session/:session/people", session, async (c) => {
    const page = await c.env.USER_KV.list({
      prefix: recordKey(c.req.valid("param").session, ""),
      limit: DELETION_PAGE,
    });
    await Promise.all(page.keys.map(({ name }) => c.env.USER_KV.delete(name)));
    return c.json({ left: !page.list_complete }, 200);
  });
