import type { Deck, DeckUpload, NewDeck } from "../../../shared/protocol/host/deck.ts";
import { readProblem, unreadable } from "../../client/api.ts";
import { RevintError } from "../../client/error.ts";
import { type Fields, isFields, isNumber, isTexts, parseFields } from "../../client/fields.ts";
import { askFor } from "../service.ts";
import { readDeck } from "./deck-service.ts";

/* Bringing a deck along, in parts. */

/** A part of which nothing has moved for so long is taken for lost, in milliseconds. */
const STALLED_MS = 60_000;

export const createDeck = (deck: NewDeck): Promise<DeckUpload> => askFor(readUpload, "POST", "decks", deck);

export const getUpload = (deck: string): Promise<DeckUpload> => askFor(readUpload, "GET", pathOf(deck));

export const finishDeck = (deck: string): Promise<Deck> =>
  askFor(({ deck }) => (isFields(deck) ? readDeck(deck) : undefined), "POST", `${pathOf(deck)}/done`);

/** @param number from 1 */
export const putPart = (deck: string, number: number, content: Blob, sending: Sending): Promise<void> =>
  put(`${pathOf(deck)}/parts/${number}`, content, sending);

/** A picture, by the name that the Markdown calls it. */
export const putPicture = (deck: string, file: File, sending: Sending): Promise<void> =>
  put(`${pathOf(deck)}/files/${encodeURIComponent(file.name)}`, file, sending);

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

function readUpload({ deck, partBytes, parts, files }: Fields): DeckUpload | undefined {
  const known = isFields(deck) ? readDeck(deck) : undefined;
  if (!known || !isNumber(partBytes) || partBytes < 1) return undefined;
  if (!Array.isArray(parts) || !isTexts(files)) return undefined;
  return { deck: known, partBytes, parts: parts.filter(isNumber), files };
}
