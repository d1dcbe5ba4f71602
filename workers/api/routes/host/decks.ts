import { Hono } from "hono";
import type { RequestEnv } from "../../request-env.ts";

/** A host's decks: uploading, naming and deleting them. */
export const decks = new Hono<RequestEnv>();
