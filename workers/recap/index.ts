import { Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import {
  type RecapDocument,
  RecapEdit,
  RecapPublication,
  type RecapStatus,
} from "../../shared/protocol/recap.schema.ts";
import type { Done } from "../../shared/protocol/session.schema.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { validate } from "../lib/validate.ts";

/** Who reads: users only what is published. */
const reader = validate("query", z.object({ role: z.enum(["host", "user"]) }));

/** No recap is kept yet: there is none to read, to change or to publish, and nothing of one to forget. */
const findRecap = (): { status: RecapStatus; document: RecapDocument; page: string; events: string } => {
  throw new ProblemError("recap_not_found", "there is none");
};

/** The page after the talk: who asked for one, what it says, and who may read it. */
const app = new Hono<{ Bindings: RecapEnv }>()
  .use(requestId())
  .post("/session/:session", (c) => {
    const status: RecapStatus | undefined = undefined;
    if (!status) throw new ProblemError("unavailable", "no recaps are made yet", { retryAfter: 60 });
    return c.json<RecapStatus, 202>(status, 202);
  })
  .get("/session/:session", reader, (c) => c.json<RecapStatus, 200>({ status: "none" }, 200))
  .delete("/session/:session", (c) => c.json<Done, 200>({ success: true }, 200))
  .get("/session/:session/events", (c) =>
    c.body(findRecap().events, 200, { "Content-Type": "text/event-stream" }),
  )
  .put("/session/:session/published", validate("json", RecapPublication), (c) =>
    c.json(findRecap().status, 200),
  )
  .get("/session/:session/document", reader, (c) => c.json(findRecap().document, 200))
  .put("/session/:session/document", validate("json", RecapEdit), (c) => c.json(findRecap().status, 200))
  .get("/session/:session/page", reader, (c) => c.html(findRecap().page, 200));

app.onError(onError);
app.notFound(onNotFound);

export type RecapStore = typeof app;
export default app;
