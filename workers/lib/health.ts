import { Hono } from "hono";

/**
 * `GET /health` of a store: answers when what it keeps answers.
 * @param look reads something that need not be there, and changes nothing
 */
export const health = <Env extends object>(look: (env: Env) => Promise<unknown>) =>
  new Hono<{ Bindings: Env }>().get("/health", async (c) => {
    await look(c.env);
    return c.json({ success: true as const }, 200);
  });

/** A key that nothing is kept under. */
export const NO_KEY = "health";
