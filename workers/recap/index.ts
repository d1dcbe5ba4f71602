import { Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import { SessionHash } from "../../shared/protocol/identity.schema.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import {
  RecapDocument,
  RecapEdit,
  RecapPublication,
  type RecapStatus,
} from "../../shared/protocol/recap.schema.ts";
import type { Done } from "../../shared/protocol/session.schema.ts";
import { health, NO_KEY } from "../lib/health.ts";
import { measure } from "../lib/measure.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { RECAP_WRITER_HEADER } from "../lib/recap-writer.ts";
import { unwrap } from "../lib/unwrap.ts";
import { validate } from "../lib/validate.ts";
import { type RecapForm, RecapShelf } from "./recap-shelf.ts";
import type { RecapReader, RecapWriter } from "./recap-writer.ts";

export { RecapWriter } from "./recap-writer.ts";

const session = validate("param", z.object({ session: SessionHash }));
/** Of whoever asks until they hear an answer: the same each time. */
const ordered = validate("query", z.object({ order: z.string().min(1).max(LIMITS.idLength).optional() }));
/** Who reads: users only what is published. */
const reader = validate("query", z.object({ role: z.enum(["host", "user"]) }));

/** The page after the talk: who asked for one, what it says, and who may read it. */
const app = new Hono<{ Bindings: RecapEnv }>()
  .use(measure("recap"))
  .use(requestId())
  .route(
    "/",
    health<RecapEnv>(({ RECAP_KV, RECAPS }) => Promise.all([RECAP_KV.get(NO_KEY), RECAPS.head(NO_KEY)])),
  )
  .post("/session/:session", session, ordered, async (c) => {
    const { session } = c.req.valid("param");
    const { order } = c.req.valid("query");
    const made = await writerOf(c.env, session).make(session, String(c.get("requestId")), order);
    return c.json<RecapStatus, 202>(unwrap(made), 202);
  })
  .get("/session/:session", session, reader, async (c) => {
    const { session } = c.req.valid("param");
    const status = await writerOf(c.env, session).getStatus(session, c.req.valid("query").role);
    return c.json<RecapStatus, 200>(status, 200);
  })
  .delete("/session/:session", session, async (c) => {
    const { session } = c.req.valid("param");
    return c.json<Done, 200>(unwrap(await writerOf(c.env, session).forget(session)), 200);
  })
  .get("/session/:session/events", session, async (c) => {
    const { session } = c.req.valid("param");
    const events = await writerOf(c.env, session).openEvents(session);
    return c.body(events, 200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  })
  .put("/session/:session/published", session, validate("json", RecapPublication), async (c) => {
    const { session } = c.req.valid("param");
    const { published } = c.req.valid("json");
    return c.json<RecapStatus, 200>(unwrap(await writerOf(c.env, session).publish(session, published)), 200);
  })
  .get("/session/:session/document", session, reader, async (c) => {
    const { session } = c.req.valid("param");
    const { body, version } = await readBody(c.env, session, c.req.valid("query").role, "json", (task) =>
      c.executionCtx.waitUntil(task),
    );
    return c.json<RecapDocument, 200>(RecapDocument.parse(JSON.parse(body)), 200, { ETag: `"${version}"` });
  })
  .put("/session/:session/document", session, validate("json", RecapEdit), async (c) => {
    const { session } = c.req.valid("param");
    const edited = await writerOf(c.env, session).edit(session, c.req.valid("json"));
    return c.json<RecapStatus, 200>(unwrap(edited), 200);
  })
  .get("/session/:session/page", session, reader, async (c) => {
    const { session } = c.req.valid("param");
    const { role } = c.req.valid("query");
    const { body, version } = await readBody(c.env, session, role, "html", (task) =>
      c.executionCtx.waitUntil(task),
    );
    return c.html(body, 200, { ETag: `"${version}"`, [RECAP_WRITER_HEADER]: getWriterName(c.env, session) });
  });

app.onError(onError);
app.notFound(onNotFound);

function writerOf(env: RecapEnv, session: string): DurableObjectStub<RecapWriter> {
  const writers = env.RECAP_WRITER as DurableObjectNamespace<RecapWriter>;
  return writers.getByName(getWriterName(env, session));
}

/** The one of the pool that keeps this session's recap. */
function getWriterName(env: RecapEnv, session: string): string {
  const size = Number(env.POOL_SIZE);
  const pool = Number.isInteger(size) && size > 0 ? size : 10;
  let hash = 0;
  for (const letter of session) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return `pool-${hash % pool}`;
}

/** The writer says which version may be read, each time; its body comes from wherever it is nearest. */
async function readBody(
  env: RecapEnv,
  session: string,
  role: RecapReader,
  form: RecapForm,
  later: (task: Promise<unknown>) => void,
): Promise<{ version: string; body: string }> {
  const shelf = new RecapShelf(env);
  // Between question and reading, a newer version may have taken its place.
  for (let attempt = 0; attempt < 2; attempt++) {
    const { version } = unwrap(await writerOf(env, session).getVersion(session, role));
    const isKept = async () => {
      const now = await writerOf(env, session).getVersion(session, "host");
      return "version" in now && now.version === version;
    };
    const body = await shelf.readNear(session, version, form, { later, isKept });
    if (body !== undefined) return { version, body };
  }
  throw new ProblemError("recap_not_found", "it is not there any more");
}

export type RecapStore = typeof app;
export default app;
