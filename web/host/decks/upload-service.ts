import type { Deck, DeckUpload, NewDeck } from "../../../shared/protocol/host/deck.ts";
import { readProblem, unreadable } from "../../client/api.ts";
import { RevintError } from "../../client/error.ts";
import { type Fields, isFields, isNumber, isText, isTexts, parseFields } from "../../client/fields.ts";
import { askFor } from "../service.ts";
import { deleteDeck, readDeck } from "./deck-service.ts";

/** A part of which nothing has moved for so long is taken for lost, in milliseconds. */
const STALLED_MS = 60_000;

/** What an upload asks of the service: all of it throws RevintError. */
export interface UploadService {
  create(deck: NewDeck): Promise<DeckUpload>;
  /** How far it has come. */
  look(deck: string): Promise<DeckUpload>;
  /** @param number from 1 */
  putPart(deck: string, number: number, content: Blob, sending: Sending): Promise<void>;
  /** @param name what Markdown calls it */
  putPicture(deck: string, name: string, content: Blob, sending: Sending): Promise<void>;
  /** @throws RevintError `deck_not_valid`, `conflict` where parts are missing */
  finish(deck: string): Promise<Deck>;
  remove(deck: string): Promise<void>;
}

export const uploadService: UploadService = {
  create: (deck) => askFor(readUpload, "POST", "decks", deck),
  look: (deck) => askFor(readUpload, "GET", pathOf(deck)),
  putPart: (deck, number, content, sending) => put(`${pathOf(deck)}/parts/${number}`, content, sending),
  putPicture: (deck, name, content, sending) =>
    put(`${pathOf(deck)}/files/${encodeURIComponent(name)}`, content, sending),
  finish: (deck) =>
    askFor(({ deck }) => (isFields(deck) ? readDeck(deck) : undefined), "POST", `${pathOf(deck)}/done`),
  remove: deleteDeck,
};

export interface Sending {
  readonly signal: AbortSignal;
  /** Bytes that have left. */
  readonly onProgress: (bytes: number) => void;
}

const pathOf = (deck: string): string => `decks/${encodeURIComponent(deck)}`;

/** Sends bytes, and says how many have left: which `fetch` does not. @throws RevintError */
function put(path: string, content: Blob, { signal, onProgress }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let watchdog: ReturnType<typeof setTimeout>;
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => request.abort(), STALLED_MS);
    };
    const abort = () => request.abort();
    request.upload.onprogress = ({ loaded }) => {
      watch();
      onProgress(Math.min(loaded, content.size));
    };
    request.onloadend = () => {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", abort);
      const { status, responseText } = request;
      if (status === 0) return reject(new RevintError("network", "no connection"));
      if (status >= 200 && status < 300) {
        return parseFields(responseText) ? resolve() : reject(unreadable(status));
      }
      const wait = request.getResponseHeader("retry-after");
      const headers = new Headers(wait === null ? {} : { "retry-after": wait });
      reject(readProblem(new Response(null, { status, headers }), responseText));
    };
    if (signal.aborted) return reject(new RevintError("network", "called off"));
    signal.addEventListener("abort", abort);
    request.open("PUT", `/api/v1/host/${path}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    watch();
    request.send(content);
  });
}

function readUpload({ deck, partBytes, parts, files, digest }: Fields): DeckUpload | undefined {
  const known = isFields(deck) ? readDeck(deck) : undefined;
  if (!known || !isNumber(partBytes) || partBytes < 1) return undefined;
  if (!Array.isArray(parts) || !isTexts(files)) return undefined;
  return {
    ...{ deck: known, partBytes, parts: parts.filter(isNumber), files },
    ...(isText(digest) && { digest }),
  };
}
