import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import { HostId } from "../../../../shared/protocol/host/account.schema.ts";
import {
  DeckAnswer,
  DeckChange,
  DeckFileName,
  Decks,
  DeckUpload,
  NewDeck,
} from "../../../../shared/protocol/host/deck.schema.ts";
import { Done } from "../../../../shared/protocol/session.schema.ts";
import { reach } from "../../../lib/reach.ts";
import { readAnswer } from "../../../lib/read-answer.ts";
import { validate } from "../../../lib/validate.ts";
import { requireAccount } from "../../account.ts";
import { readBody } from "../../body.ts";
import type { RequestEnv } from "../../request-env.ts";

const deck = validate("param", z.object({ deck: HostId }));
const part = validate("param", z.object({ deck: HostId, number: z.coerce.number().int().min(1).max(1000) }));
const picture = validate("param", z.object({ deck: HostId, name: DeckFileName }));
const page = validate("query", z.object({ cursor: z.string().optional() }));

/** A host's decks: uploading, naming and deleting them. */
export const decks = new Hono<RequestEnv>()
  .get("/decks", requireAccount, page, async (c) => {
    const { decks } = getStore(c);
    const answer = await decks.$get({ param: c.get("account"), query: c.req.valid("query") });
    return c.json(await readAnswer(Decks, answer), 200);
  })
  .post("/decks", requireAccount, readBody(NewDeck), async (c) => {
    const answer = await getStore(c).decks.$post({ param: c.get("account"), json: c.req.valid("json") });
    return c.json(await readAnswer(DeckUpload, answer), 201);
  })
  .get("/decks/:deck", requireAccount, deck, async (c) => {
    const answer = await getStore(c).decks[":deck"].$get({ param: nameDeck(c, c.req.valid("param").deck) });
    return c.json(await readAnswer(DeckUpload, answer), 200);
  })
  .patch("/decks/:deck", requireAccount, deck, readBody(DeckChange), async (c) => {
    const param = nameDeck(c, c.req.valid("param").deck);
    const answer = await getStore(c).decks[":deck"].$patch({ param, json: c.req.valid("json") });
    return c.json(await readAnswer(DeckAnswer, answer), 200);
  })
  .delete("/decks/:deck", requireAccount, deck, async (c) => {
    const answer = await getStore(c).decks[":deck"].$delete({
      param: nameDeck(c, c.req.valid("param").deck),
    });
    await readAnswer(Done, answer);
    return c.body(null, 204);
  })

  // Bytes go through as they come
  .put("/decks/:deck/parts/:number", requireAccount, part, async (c) => {
    const { deck, number } = c.req.valid("param");
    return c.json(await readAnswer(DeckUpload, await send(c, `${deck}/parts/${number}`)), 200);
  })
  .put("/decks/:deck/files/:name", requireAccount, picture, async (c) => {
    const { deck, name } = c.req.valid("param");
    return c.json(
      await readAnswer(DeckUpload, await send(c, `${deck}/files/${encodeURIComponent(name)}`)),
      200,
    );
  })
  .post("/decks/:deck/done", requireAccount, deck, async (c) => {
    const answer = await getStore(c).decks[":deck"].done.$post({
      param: nameDeck(c, c.req.valid("param").deck),
    });
    return c.json(await readAnswer(DeckAnswer, answer), 200);
  });

const getStore = (c: Context<RequestEnv>) => c.get("stores").hosts.accounts[":account"];
const nameDeck = (c: Context<RequestEnv>, deck: string) => ({ account: c.get("account").account, deck });

/** Hands a body on without reading it. @param path below the account's decks */
function send(c: Context<RequestEnv>, path: string): Promise<Response> {
  const url = `http://host-store/accounts/${c.get("account").account}/decks/${path}`;
  return reach(c.env.HOST_STORE, c.get("requestId"))(url, { method: "PUT", body: c.req.raw.body });
}
