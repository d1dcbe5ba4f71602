import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { health, NO_KEY } from "../lib/health.ts";
import { measure } from "../lib/measure.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { recordRoutes } from "./record-routes.ts";

/** Remembers who joined what: one key per record, each with its own end. Never read on the hot path. */
const app = new Hono<{ Bindings: UserStoreEnv }>()
  .use(measure("user-store"))
  .use(requestId())
  .route(
    "/",
    health<UserStoreEnv>(({ USER_KV }) => USER_KV.get(NO_KEY)),
  )
  .route("/", recordRoutes);

app.onError(onError);
app.notFound(onNotFound);

export type UserStore = typeof app;
export default app;
