import { Hono } from "hono";

/** Talks, and the tokens that open their sessions. */
export const talks = new Hono<{ Bindings: HostStoreEnv }>();
