import * as z from "zod";
import type { PublicDeck } from "../../../shared/protocol/host/deck.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { deckNotFound, getReadyDeck } from "./decks.ts";
import { fileKey, pictureKey, slidesKey } from "./keys.ts";
import { readRange } from "./range.ts";

/*
 * What everybody may read who knows a deck's id. A deck that is ready never changes: so its bytes may be kept for good.
 */

/** Whatever a file is, no browser takes it for a page of ours: not by its name, its bytes, or what is in it. */
const HARMLESS = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "private, max-age=31536000, immutable",
} as const;

/** What a deck's page needs. @param viewer the account that is signed in @throws `deck_not_found` */
export async function getPublicDeck(
  env: HostStoreEnv,
  id: string,
  viewer: string | undefined,
): Promise<PublicDeck> {
  const deck = await getReadyDeck(env.HOST_DB, id);
  const { title, kind, pages, account } = deck;
  const isOwn = viewer === account;
  const common = { id, title, kind, pages: pages ?? 0, isOwn };
  if (kind === "pdf") return { ...common, url: `/api/v1/decks/${id}/file` };
  const slides = await env.DECKS.get(slidesKey(deck, isOwn));
  if (!slides) throw deckNotFound();
  return { ...common, html: await slides.text() };
}

/** A PDF, or a range of it. @throws `deck_not_found` */
export async function serveFile(env: HostStoreEnv, id: string, asked: Headers): Promise<Response> {
  const deck = await getReadyDeck(env.HOST_DB, id);
  if (deck.kind !== "pdf") throw deckNotFound();
  return serve(
    env,
    fileKey(deck),
    { tag: id, type: "application/pdf", name: "slides.pdf", size: deck.fileBytes },
    asked,
  );
}

/** A picture of a Markdown deck. @throws `deck_not_found` */
export async function servePicture(
  env: HostStoreEnv,
  id: string,
  name: string,
  asked: Headers,
): Promise<Response> {
  const found = await env.HOST_DB.prepare(
    `SELECT deck_files.type, deck_files.bytes, decks.folder FROM deck_files JOIN decks ON decks.id = deck_files.deck
     WHERE deck_files.deck = ?1 AND deck_files.name = ?2 AND decks.status = 'ready'`,
  )
    .bind(id, name)
    .first();
  const row = z.object({ type: z.string(), bytes: z.number(), folder: z.string() }).safeParse(found).data;
  if (!row) throw deckNotFound();
  const { type, bytes: size, folder } = row;
  const tag = `${id}-${encodeURIComponent(name)}`;
  return serve(env, pictureKey({ id, folder }, name), { tag, type, name: "picture", size }, asked);
}

interface Served {
  /** What names these very bytes: nothing else ever stands under their key while the deck is ready. */
  readonly tag: string;
  readonly type: string;
  /** What a browser calls it that saves it. */
  readonly name: string;
  readonly size: number;
}

async function serve(env: HostStoreEnv, key: string, { tag, type, name, size }: Served, asked: Headers) {
  const etag = `"${tag.replaceAll(/[^\w-]/g, "-")}"`;
  const headers = new Headers({
    ...HARMLESS,
    ETag: etag,
    "Accept-Ranges": "bytes",
    "Content-Type": type,
    "Content-Disposition": `inline; filename="${name}"`,
  });
  if (asked.get("If-None-Match")?.includes(etag)) return new Response(null, { status: 304, headers });
  const condition = asked.get("If-Range");
  const range =
    condition === null || condition === etag ? readRange(asked.get("Range") ?? undefined, size) : undefined;
  if (range === "not satisfiable") {
    headers.set("Content-Range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const object = await env.DECKS.get(key, range && { range });
  if (!object) throw new ProblemError("deck_not_found", "this part of the deck is not there");
  const length = range?.length ?? size;
  headers.set("Content-Length", String(length));
  if (range) headers.set("Content-Range", `bytes ${range.offset}-${range.offset + length - 1}/${size}`);
  return new Response(object.body.pipeThrough(new FixedLengthStream(length)), {
    status: range ? 206 : 200,
    headers,
  });
}
