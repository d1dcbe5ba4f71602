import { Hono } from "hono";
import type { Reachable } from "./runtime.ts";

/** P3, first hop: the same routes as ours, handed on. */
const app = new Hono<{ Bindings: { STORE: Reachable } }>().all("/api/v1/session/*", (c) =>
  c.env.STORE.fetch(c.req.raw),
);

export default app;
