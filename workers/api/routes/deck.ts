import { Hono } from "hono";
import type { RequestEnv } from "../request-env.ts";

/** Decks as whoever knows their id may read them. */
export const deck = new Hono<RequestEnv>();
