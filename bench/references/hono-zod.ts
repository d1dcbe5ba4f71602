import { Hono } from "hono";
import * as z from "zod";

const Path = z.object({ sessionUid: z.string() });

/** R1 with zod: what both libraries take to start. */
const app = new Hono().get("/api/v1/session/:sessionUid", (c) => {
  const { sessionUid } = Path.parse(c.req.param());
  return c.text(sessionUid);
});

export default app;
