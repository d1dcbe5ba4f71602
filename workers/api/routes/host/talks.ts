import { Hono } from "hono";
import type { RequestEnv } from "../../request-env.ts";

/** A host's talks, and the tokens and links that they are given with. */
export const talks = new Hono<RequestEnv>();
