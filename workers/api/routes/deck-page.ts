import { Hono } from "hono";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import type { RequestEnv } from "../request-env.ts";

/** The page `/deck/{deck}`: one file for all decks, with the headers that `_headers` gives it. */
export const deckPage = new Hono<RequestEnv>().get("/:deck", (c) => {
  const isDeck = HostId.safeParse(c.req.param("deck")).success;
  // What can be no deck is a file that is not there.
  return c.env.ASSETS.fetch(isDeck ? new URL("/deck", c.req.url) : c.req.raw);
});
