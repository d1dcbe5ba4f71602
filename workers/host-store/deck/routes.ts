import { Hono } from "hono";
import * as z from "zod";
import { HostId } from "../../../shared/protocol/host/account.schema.ts";
import { DeckChange, DeckFileName, NewDeck } from "../../../shared/protocol/host/deck.schema.ts";
import type { DeckAnswer } from "../../../shared/protocol/host/deck.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { validate } from "../../lib/validate.ts";
import { createDeck, getOwnDeck, listDecks, renameDeck, toDeck } from "./decks.ts";
import { deleteDeck, sweepDecks } from "./erase.ts";
import { putPicture } from "./pictures.ts";
import { getPublicDeck, serveFile, servePicture } from "./serve.ts";
import { finishUpload, getUpload, putPart } from "./upload.ts";

const account = validate("param", z.object({ account: HostId }));
const own = validate("param", z.object({ account: HostId, deck: HostId }));
const part = validate(
  "param",
  z.object({ account: HostId, deck: HostId, number: z.coerce.number().int().min(1) }),
);
const picture = validate("param", z.object({ account: HostId, deck: HostId, name: DeckFileName }));
const deck = validate("param", z.object({ deck: HostId }));
const served = validate("param", z.object({ deck: HostId, name: DeckFileName }));

/** Decks that hosts bring along. */
export const decks = new Hono<{ Bindings: HostStoreEnv }>()
  // A host's own
  .get(
    "/accounts/:account/decks",
    account,
    validate("query", z.object({ cursor: z.string().optional() })),
    async (c) =>
      c.json(await listDecks(c.env.HOST_DB, c.req.valid("param").account, c.req.valid("query").cursor), 200),
  )
  .post("/accounts/:account/decks", account, validate("json", NewDeck), async (c) => {
    const { account } = c.req.valid("param");
    const id = await createDeck(c.env.HOST_DB, account, c.req.valid("json"), Date.now());
    return c.json(await getUpload(c.env, account, id), 201);
  })
  .get("/accounts/:account/decks/:deck", own, async (c) => {
    const { account, deck } = c.req.valid("param");
    return c.json(await getUpload(c.env, account, deck), 200);
  })
  .patch("/accounts/:account/decks/:deck", own, validate("json", DeckChange), async (c) => {
    const { account, deck } = c.req.valid("param");
    await renameDeck(c.env.HOST_DB, account, deck, c.req.valid("json").title);
    return c.json(await answerDeck(c.env, account, deck), 200);
  })
  .delete("/accounts/:account/decks/:deck", own, async (c) => {
    const { account, deck } = c.req.valid("param");
    await deleteDeck(c.env, account, deck);
    return c.json({ success: true as const }, 200);
  })

  // Uploading it
  .put("/accounts/:account/decks/:deck/parts/:number", part, async (c) => {
    const { account, deck, number } = c.req.valid("param");
    await putPart(c.env, account, deck, number, c.req.raw.body);
    return c.json(await getUpload(c.env, account, deck), 200);
  })
  .put("/accounts/:account/decks/:deck/files/:name", picture, async (c) => {
    const { account, deck, name } = c.req.valid("param");
    const content = await readUpTo(c.req.raw.body, LIMITS.deckFileBytes);
    await putPicture(c.env, account, deck, name.normalize("NFC"), content);
    return c.json(await getUpload(c.env, account, deck), 200);
  })
  .post("/accounts/:account/decks/:deck/done", own, async (c) => {
    const { account, deck } = c.req.valid("param");
    await finishUpload(c.env, account, deck);
    return c.json(await answerDeck(c.env, account, deck), 200);
  })

  // Reading it
  .get("/decks/:deck", deck, validate("query", z.object({ viewer: HostId.optional() })), async (c) =>
    c.json(await getPublicDeck(c.env, c.req.valid("param").deck, c.req.valid("query").viewer), 200),
  )
  .get("/decks/:deck/file", deck, (c) => serveFile(c.env, c.req.valid("param").deck, c.req.raw.headers))
  .get("/decks/:deck/files/:name", served, (c) => {
    const { deck, name } = c.req.valid("param");
    return servePicture(c.env, deck, name, c.req.raw.headers);
  })

  // What was given up, or not erased to its end
  .post("/decks/sweep", async (c) => c.json({ left: await sweepDecks(c.env, Date.now()) }, 200));

async function answerDeck(env: HostStoreEnv, account: string, id: string): Promise<DeckAnswer> {
  return { deck: toDeck(await getOwnDeck(env.HOST_DB, account, id)) };
}

/** A whole body, as long as it is not larger. @throws `too_large` */
async function readUpTo(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > most) throw new ProblemError("too_large", `a picture takes up to ${most} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
