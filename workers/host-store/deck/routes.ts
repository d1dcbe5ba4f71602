import { Hono } from "hono";

/** Decks that hosts bring along. */
export const decks = new Hono<{ Bindings: HostStoreEnv }>();
