import { ProblemError } from "../../lib/problem-error.ts";
import type { StoredDeck } from "./decks.ts";
import { fileKey } from "./keys.ts";

/** Readers look for the head in so many bytes, and for the end in the last so many. */
const HEAD_BYTES = 1024;
const TAIL_BYTES = 2048;
/** So much of the index says whether the file is protected. */
const INDEX_BYTES = 4096;

/**
 * Whether a file is a PDF, as far as that can be told without drawing it: browsers do that, in a worker without rights.
 * @returns its pages, as the browser that uploaded it has counted them @throws `deck_not_valid`
 */
export async function checkPdf(env: HostStoreEnv, deck: StoredDeck, file: R2Object): Promise<number> {
  const [head, tail] = await Promise.all([
    readText(env, deck, { offset: 0, length: Math.min(HEAD_BYTES, file.size) }),
    readText(env, deck, { suffix: Math.min(TAIL_BYTES, file.size) }),
  ]);
  if (!head.includes("%PDF-")) throw invalid("this is no PDF: export your slides as PDF, and upload that");
  if (!tail.includes("%%EOF")) throw invalid("the PDF is cut off: export it once more, and upload that");
  if (/\/Encrypt\b/.test(tail + (await readIndex(env, deck, file, tail)))) {
    throw invalid("the PDF is protected: export it without a password");
  }
  if (deck.pages === null) throw invalid("nobody has counted its pages: upload it once more");
  return deck.pages;
}

/**
 * The dictionary that the file's end points to: since PDF 1.5 it may begin a stream, anywhere. One that points to nothing
 * is for browsers to make sense of: they look for what is there.
 */
async function readIndex(env: HostStoreEnv, deck: StoredDeck, file: R2Object, tail: string): Promise<string> {
  const offset = Number(/startxref\s+(\d{1,10})\s+%%EOF(?![\s\S]*startxref)/.exec(tail)?.[1]);
  if (!(offset < file.size)) return "";
  const length = Math.min(INDEX_BYTES, file.size - offset);
  const index = await readText(env, deck, { offset, length });
  // Behind it, anything may stand.
  return index.split(/\bstream\r?\n/)[0] ?? "";
}

const invalid = (detail: string) => new ProblemError("deck_not_valid", detail);

async function readText(env: HostStoreEnv, deck: StoredDeck, range: R2Range): Promise<string> {
  const object = await env.DECKS.get(fileKey(deck), { range });
  return object ? new TextDecoder("latin1").decode(await object.arrayBuffer()) : "";
}
