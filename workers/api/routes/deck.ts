import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import { DeckFileName, PublicDeck } from "../../../shared/protocol/host/deck.schema.ts";
import { reach } from "../../lib/reach.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { validate } from "../../lib/validate.ts";
import { findAccount } from "../account.ts";
import type { RequestEnv } from "../request-env.ts";

const deckId = validate("param", z.object({ deck: HostId }));
const picture = validate("param", z.object({ deck: HostId, name: DeckFileName }));

/** Of what a browser asks for a file, what host-store answers to. */
const CONDITIONS = ["Range", "If-Range", "If-None-Match"];

/** Decks as whoever knows their id may read them. */
export const deck = new Hono<RequestEnv>()
  // The owner also gets notes and what is right: no answer here is kept by anybody's cache.
  .get("/:deck", deckId, async (c) => {
    const viewer = (await findAccount(c))?.account;
    const one = c.get("stores").hosts.decks[":deck"];
    const answer = await one.$get({ param: c.req.valid("param"), query: { ...(viewer && { viewer }) } });
    return c.json(await readAnswer(PublicDeck, answer), 200);
  })
  .get("/:deck/file", deckId, (c) => sendFile(c, `${c.req.valid("param").deck}/file`))
  .get("/:deck/files/:name", picture, (c) => {
    const { deck, name } = c.req.valid("param");
    return sendFile(c, `${deck}/files/${encodeURIComponent(name)}`);
  });

/** Hands a file on as host-store answers it, with its own headers. */
async function sendFile(c: Context<RequestEnv>, path: string): Promise<Response> {
  const headers = new Headers();
  for (const name of CONDITIONS) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const url = `http://host-store/decks/${path}`;
  const answer = await reach(c.env.HOST_STORE, c.get("requestId"))(url, { headers });
  if (![200, 206, 304, 416].includes(answer.status)) await readAnswer(z.never(), answer);
  return c.newResponse(answer.body, answer);
}
