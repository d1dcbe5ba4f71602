import { Hono } from "hono";
import type { KeyValue } from "./runtime.ts";

/** One JSON array under one key, as it stands. */
async function readArray(kv: KeyValue, key: string): Promise<Record<string, unknown>[]> {
  return JSON.parse((await kv.get(key)) ?? "[]");
}

/** Read, add, write: two at a time lose one, and on Cloudflare a key takes one write a second. */
async function append(kv: KeyValue, key: string, item: Record<string, unknown>): Promise<void> {
  await kv.put(key, JSON.stringify([...(await readArray(kv, key)), item]));
}

/** P3: the routes with one JSON array per KV key. Every request checks its uid against the array of users. */
const app = new Hono<{ Bindings: { ARRAYS: KeyValue } }>()
  .basePath("/api/v1/session")
  .post("/new", async (c) => {
    const session = await c.req.json<{ sessionUid: string }>();
    await c.env.ARRAYS.put(`session/${session.sessionUid}`, JSON.stringify(session));
    return c.json(session, 201);
  })
  .get("/:session", async (c) => {
    const session = await c.env.ARRAYS.get(`session/${c.req.param("session")}`);
    return session === null ? c.json({ error: "not found" }, 404) : c.json(JSON.parse(session), 200);
  })
  .post("/:session/login", async (c) => {
    const session = c.req.param("session");
    if ((await c.env.ARRAYS.get(`session/${session}`)) === null) return c.json({ error: "not found" }, 404);
    const uid = crypto.randomUUID();
    await append(c.env.ARRAYS, `users/${session}`, { uid, since: Date.now() });
    return c.json({ uid }, 200);
  })
  .post("/:session/user/:uid/react", async (c) => {
    const { session, uid } = c.req.param();
    const { page, reaction } = await c.req.json<{ page: string; reaction: string }>();
    const users = await readArray(c.env.ARRAYS, `users/${session}`);
    if (!users.some((user) => user.uid === uid)) return c.json({ error: "who?" }, 403);
    await append(c.env.ARRAYS, `reactions/${session}/${page}`, { uid, page, reaction, at: Date.now() });
    return c.json({ success: true }, 200);
  })
  .post("/:session/state", async (c) => {
    await c.env.ARRAYS.put(`state/${c.req.param("session")}`, await c.req.text());
    return c.json({ success: true }, 200);
  })
  .get("/:session/state", async (c) => {
    const session = c.req.param("session");
    const users = await readArray(c.env.ARRAYS, `users/${session}`);
    if (!users.some((user) => user.uid === c.req.header("x-session-uid")))
      return c.json({ error: "who?" }, 403);
    return c.json(
      JSON.parse((await c.env.ARRAYS.get(`state/${session}`)) ?? '{"page":"0","state":"init"}'),
      200,
    );
  });

export default app;
