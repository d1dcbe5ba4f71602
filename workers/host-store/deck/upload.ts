import * as z from "zod";
import type { DeckUpload } from "../../../shared/protocol/host/deck.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { logFailure } from "../../lib/log-failure.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { deckNotFound, getOwnDeck, type StoredDeck, toDeck } from "./decks.ts";
import { abortUpload, eraseObjects } from "./erase.ts";
import { fileKey } from "./keys.ts";
import { finishMarkdown } from "./markdown/finish.ts";
import { checkPdf } from "./pdf.ts";
import { listPictures } from "./pictures.ts";

/*
 * A deck's file comes in parts, in any order. R2 puts them together; which of them it has stands in D1, since its own
 * list can't be read. A part is noted when R2 has it: who dies in between sends it again.
 */

const Part = z.object({ number: z.number(), etag: z.string() });

const countParts = ({ fileBytes }: StoredDeck): number => Math.ceil(fileBytes / LIMITS.deckPartBytes);

async function listParts(db: D1Database, deck: string) {
  const { results } = await db
    .prepare("SELECT number, etag FROM deck_parts WHERE deck = ?1 ORDER BY number")
    .bind(deck)
    .all();
  return z.array(Part).parse(results);
}

/** How far an upload has come. @throws `deck_not_found` */
export async function getUpload(env: HostStoreEnv, account: string, id: string): Promise<DeckUpload> {
  const deck = await getOwnDeck(env.HOST_DB, account, id);
  const [parts, pictures] = await Promise.all([listParts(env.HOST_DB, id), listPictures(env, deck)]);
  return {
    // As large as what is named below: whoever goes on knows the deck by that.
    deck: { ...toDeck(deck), bytes: pictures.reduce((sum, { bytes }) => sum + bytes, deck.fileBytes) },
    partBytes: LIMITS.deckPartBytes,
    parts: parts.map(({ number }) => number),
    files: pictures.map(({ name }) => name),
    ...(deck.digest !== null && { digest: deck.digest }),
  };
}

/**
 * Keeps one part; sent again, it takes the place of the one before.
 * @throws `deck_not_found`, `conflict` for a deck that is ready or has changed, `invalid_request` for another size
 */
export async function putPart(
  env: HostStoreEnv,
  account: string,
  id: string,
  number: number,
  body: ReadableStream<Uint8Array> | null,
): Promise<void> {
  const deck = await getOwnDeck(env.HOST_DB, account, id);
  if (deck.status === "ready") throw new ProblemError("conflict", "this deck is there already, whole");
  const count = countParts(deck);
  if (number > count) throw new ProblemError("invalid_request", `this deck has ${count} parts`);
  const bytes = number < count ? LIMITS.deckPartBytes : deck.fileBytes - (count - 1) * LIMITS.deckPartBytes;
  const upload = await openUpload(env, deck);
  const { readable, writable } = new FixedLengthStream(bytes);
  const stop = new AbortController();
  // A body of another length fails the pipe, and with it the part: R2 keeps nothing of it.
  const piped = (body ?? new Blob([]).stream()).pipeTo(writable, { signal: stop.signal }).then(
    () => true,
    () => false,
  );
  const kept = await upload.uploadPart(number, readable).catch((error: unknown) => error);
  if (!isPart(kept) && (await env.DECKS.head(fileKey(deck)))) {
    // Whoever put the parts together has died, or is about to be done. A text is sent anew, since it may be another one.
    if (deck.kind === "markdown") await beginAnew(env, deck, upload.uploadId);
    throw new ProblemError("conflict", "the parts were put together meanwhile: look again");
  }
  const refusal = readRefusal(kept);
  if (refusal !== undefined) {
    // Nobody reads the body any more.
    stop.abort();
    if (refusal !== NO_SUCH_UPLOAD) throw unavailable(kept);
    await beginAnew(env, deck, upload.uploadId);
    throw new ProblemError("conflict", "the parts are not there any more: look again");
  }
  if (!(await piped) || kept instanceof TypeError) {
    throw new ProblemError("invalid_request", `part ${number} of this deck has exactly ${bytes} bytes`);
  }
  if (!isPart(kept)) throw kept;
  // Only where the upload is still the one that the part went to.
  const { meta } = await env.HOST_DB.prepare(
    `INSERT OR REPLACE INTO deck_parts (deck, number, etag)
     SELECT id, ?2, ?3 FROM decks WHERE id = ?1 AND status = 'uploading' AND upload = ?4`,
  )
    .bind(id, number, kept.etag, upload.uploadId)
    .run();
  if (meta.changes === 0) throw new ProblemError("conflict", "the deck has changed meanwhile: look again");
}

/** The number of an error that R2 itself has answered with, such as `… does not exist. (10024)`. */
const readRefusal = (error: unknown): string | undefined =>
  error instanceof Error ? /\((\d{5})\)$/.exec(error.message)?.[1] : undefined;

/** It was put together, or given up. */
const NO_SUCH_UPLOAD = "10024";

function unavailable(error: unknown): ProblemError {
  logFailure("R2 did not take a part", error);
  return new ProblemError("unavailable", "the part could not be kept; send it again", { retryAfter: 1 });
}

const isPart = (value: unknown): value is R2UploadedPart =>
  z.object({ partNumber: z.number(), etag: z.string() }).safeParse(value).success;

/** The upload that is on its way, or a first one: of two begun at once, one is noted and both go on with it. */
async function openUpload(env: HostStoreEnv, deck: StoredDeck): Promise<R2MultipartUpload> {
  if (deck.upload !== null) return env.DECKS.resumeMultipartUpload(fileKey(deck), deck.upload);
  const begun = await env.DECKS.createMultipartUpload(fileKey(deck));
  const noted = await env.HOST_DB.prepare(
    `UPDATE decks SET upload = COALESCE(upload, ?2) WHERE id = ?1 AND status = 'uploading' RETURNING upload`,
  )
    .bind(deck.id, begun.uploadId)
    .first();
  if (noted?.upload === begun.uploadId) return begun;
  await begun.abort();
  if (!noted) throw deckNotFound();
  return env.DECKS.resumeMultipartUpload(fileKey(deck), z.string().parse(noted.upload));
}

/**
 * Puts the parts together and looks at what they are. Safe to repeat, also after a death in between.
 * @throws `conflict` where parts are missing; `deck_not_valid`: then its parts may be sent again
 */
export async function finishUpload(env: HostStoreEnv, account: string, id: string): Promise<void> {
  const deck = await getOwnDeck(env.HOST_DB, account, id);
  if (deck.status === "ready") return;
  const file = await putTogether(env, deck);
  try {
    const pages = deck.kind === "pdf" ? await checkPdf(env, deck, file) : await finishMarkdown(env, deck);
    const [, , left] = await env.HOST_DB.batch([
      env.HOST_DB.prepare(
        `UPDATE decks SET status = 'ready', pages = ?2, upload = NULL WHERE id = ?1 AND status = 'uploading'`,
      ).bind(id, pages),
      env.HOST_DB.prepare("DELETE FROM deck_parts WHERE deck = ?1").bind(id),
      env.HOST_DB.prepare("SELECT 1 FROM decks WHERE id = ?1 AND status = 'ready'").bind(id),
    ]);
    // Deleted meanwhile, or about to be: what was put together behind that would belong to nothing.
    if (left?.results.length === 0) await eraseObjects(env, id);
  } catch (error) {
    if (error instanceof ProblemError && error.code === "deck_not_valid") {
      await beginAnew(env, deck, deck.upload);
    }
    throw error;
  }
}

async function putTogether(env: HostStoreEnv, deck: StoredDeck): Promise<R2Object> {
  const there = await env.DECKS.head(fileKey(deck));
  if (there) return there;
  const parts = await listParts(env.HOST_DB, deck.id);
  const missing = countParts(deck) - parts.length;
  if (missing > 0 || deck.upload === null) {
    throw new ProblemError("conflict", `${missing} parts of this deck are still missing: send them first`);
  }
  const upload = env.DECKS.resumeMultipartUpload(fileKey(deck), deck.upload);
  try {
    return await upload.complete(parts.map(({ number, etag }) => ({ partNumber: number, etag })));
  } catch (error) {
    // Finished by another request at the same time; or a part was sent twice at once, and R2 has the other one.
    const done = await env.DECKS.head(fileKey(deck));
    if (done) return done;
    await beginAnew(env, deck, deck.upload);
    throw new ProblemError("conflict", `the parts do not fit each other (${String(error)}): send them again`);
  }
}

/**
 * Forgets the file, and that any part of it was there; pictures stay. What R2 has of it goes first: nobody knows its
 * upload's name afterwards, and what comes anew is not taken for it. Who dies in between leaves an upload that takes no
 * part, and the next part begins anew.
 * @param upload the one that is given up: another one, which somebody has begun since, goes on
 */
async function beginAnew(env: HostStoreEnv, deck: StoredDeck, upload: string | null): Promise<void> {
  if (upload !== null) await abortUpload(env, deck, upload);
  await env.DECKS.delete(fileKey(deck));
  const isIts = "SELECT id FROM decks WHERE id = ?1 AND status = 'uploading' AND upload IS ?2";
  await env.HOST_DB.batch([
    env.HOST_DB.prepare(`DELETE FROM deck_parts WHERE deck IN (${isIts})`).bind(deck.id, upload),
    env.HOST_DB.prepare(`UPDATE decks SET upload = NULL WHERE id IN (${isIts})`).bind(deck.id, upload),
  ]);
}
