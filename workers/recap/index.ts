import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { onError, onNotFound } from "../lib/on-error.ts";

/** The page after the talk: who asked for one, what it says, and who may read it. */
const app = new Hono<{ Bindings: RecapEnv }>().use(requestId());

app.onError(onError);
app.notFound(onNotFound);

export type RecapStore = typeof app;
export default app;
