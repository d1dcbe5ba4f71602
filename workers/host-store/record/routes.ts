import { Hono } from "hono";
import * as z from "zod";
import { Participant, SessionHash } from "../../../shared/protocol/identity.schema.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { PersonRecord } from "../../lib/record.ts";
import { validate } from "../../lib/validate.ts";
import { deleteRecord, deleteRecordsOf, keepRecord } from "./records.ts";

const session = validate("param", z.object({ session: SessionHash }));
const person = validate("param", z.object({ session: SessionHash, participant: Participant }));

/** Records of who hosted what. The same routes as user-store's, since api tells both alike. */
export const records = new Hono<{ Bindings: HostStoreEnv }>()
  .put("/session/:session/people/:participant", person, validate("json", PersonRecord), async (c) => {
    const { session, participant } = c.req.valid("param");
    const record = c.req.valid("json");
    if (record.session !== session || record.participant !== participant) {
      throw new ProblemError("invalid_request", "the record is not this participant's");
    }
    await keepRecord(c.env.HOST_DB, record, Date.now());
    return c.json({ success: true as const }, 200);
  })
  .delete("/session/:session/people/:participant", person, async (c) => {
    await deleteRecord(c.env.HOST_DB, c.req.valid("param"));
    return c.json({ success: true as const }, 200);
  })
  // As many as one call may delete; `left` says whether there are more.
  .delete("/session/:session/people", session, async (c) =>
    c.json({ left: await deleteRecordsOf(c.env.HOST_DB, c.req.valid("param").session) }, 200),
  );
