import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { onError, onNotFound } from "../lib/on-error.ts";
import { recordRoutes } from "../lib/record-routes.ts";

/** Remembers who hosts what: one key per record, each with its own end. Never read on the hot path. */
const app = new Hono<{ Bindings: HostStoreEnv; Variables: { records: KVNamespace } }>()
  .use(requestId())
  .use(async (c, next) => {
    c.set("records", c.env.HOST_KV);
    await next();
  })
  .route("/", recordRoutes);

app.onError(onError);
app.notFound(onNotFound);

export type HostStore = typeof app;
export default app;
