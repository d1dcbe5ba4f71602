import { Hono } from "hono";
import type { RequestEnv } from "../../request-env.ts";

/** Signing up, in and out; what an account is, and its ways in; what an admin does. */
export const accounts = new Hono<RequestEnv>();
