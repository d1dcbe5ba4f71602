import { ProblemError } from "../../../lib/problem-error.ts";
import type { StoredDeck } from "../decks.ts";
import { fileKey, slidesKey } from "../keys.ts";
import { dropOtherPictures, listPictures } from "../pictures.ts";
import { MarkdownProblem } from "./activity.ts";
import { renderDeck } from "./render.ts";

/**
 * Makes the slides of a Markdown deck, once for everybody and once for its owner, so that whoever reads them later needs
 * no Markdown any more.
 * @returns how many there are @throws `deck_not_valid` with the line that its author has to correct
 */
export async function finishMarkdown(env: HostStoreEnv, deck: StoredDeck): Promise<number> {
  const file = await env.DECKS.get(fileKey(deck));
  if (!file) throw new ProblemError("conflict", "its text is being sent anew: look what is there");
  const text = decode(new Uint8Array(await file.arrayBuffer()));
  const pictures = await namePictures(env, deck);
  const findPicture = (name: string) => {
    const known = pictures.get(toPictureName(name));
    return known && `/api/v1/decks/${deck.id}/files/${encodeURIComponent(known)}`;
  };
  const { own, open, pages } = render(text, { findPicture });
  if (pages === 0) throw new ProblemError("deck_not_valid", "there is no slide in it yet: write something");
  await Promise.all([env.DECKS.put(slidesKey(deck, true), own), env.DECKS.put(slidesKey(deck, false), open)]);
  return pages;
}

function render(text: string, options: Parameters<typeof renderDeck>[1]) {
  try {
    return renderDeck(text, options);
  } catch (error) {
    if (error instanceof MarkdownProblem) throw new ProblemError("deck_not_valid", error.message);
    throw error;
  }
}

/** Pictures by the names that Markdown may call them. */
async function namePictures(env: HostStoreEnv, deck: StoredDeck): Promise<Map<string, string>> {
  const there = await listPictures(env, deck);
  await dropOtherPictures(env, deck.id, there);
  return new Map(there.map(({ name }) => [toPictureName(name), name]));
}

/** Whichever folder it stood in, and whatever its case: authors move decks between machines. */
const toPictureName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? "").normalize("NFC").toLowerCase();

/** @throws `deck_not_valid` for what is no text */
function decode(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // It says why below.
  }
  throw new ProblemError("deck_not_valid", "this is no text: save it as Markdown, in UTF-8");
}
