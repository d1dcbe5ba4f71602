import { Hono } from "hono";

/** R1: a Hono router that does nothing. */
const app = new Hono().get("/api/v1/session/:sessionUid", (c) => c.text("ok"));

export default app;
