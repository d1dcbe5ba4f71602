import type { CitedTexts } from "./cited-texts.ts";

/*
 * What a sentence may be made of: plain text, without markup, addresses, or characters that nobody sees. What stands in
 * quotation marks is as its author wrote it.
 */

/** Joiners, which emoji and some scripts need, and how an emoji looks, are all that may be unseen. */
const UNSEEN = /[\p{Cc}\p{Co}\p{Cn}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/u;
const TAG = /[<>]/;
const MARKUP = /[`*_#|\\^~[\]{}=]/;
const ADDRESS = /@|:\/\/|(?<![\p{L}\p{N}])(?:www\.|(?:https?|mailto|javascript|data|tel|file):)/iu;
/** Words with a point between them: the name of a server, or of a product that is called like one. */
const DOTTED = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}[\p{L}\p{N}-]+/gu;

const MARKS = ["“”", "„“", "«»", "‘’", '""'] as const;
/** A quotation that leaves off: so much of it has to be there. */
const CUT = /[“„«‘"](?<begin>[^“”„«»"]{20,}?)…[”“»’"]/gu;

/** With one blank between words. */
export const collapse = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();

/** What a text says itself: without what it quotes word for word. */
export function removeQuotes(text: string, { hosts, guests }: CitedTexts): string {
  const quotable = [...hosts, ...guests].filter((each) => each !== "").sort((a, b) => b.length - a.length);
  let own = text;
  for (const each of quotable)
    for (const [open, close] of MARKS) own = own.replaceAll(`${open}${each}${close}`, "“”");
  return own.replaceAll(CUT, (quote, begin: string) =>
    quotable.some((each) => each.startsWith(begin.trim())) ? "“”" : quote,
  );
}

/** @param own without its quotations: what may stand in those is more */
export function isPlain(text: string, own: string, { hosts }: CitedTexts): boolean {
  if (!text.isWellFormed() || UNSEEN.test(text) || TAG.test(text) || ADDRESS.test(text)) return false;
  const isHosts = (name: string) => hosts.some((each) => each.includes(name));
  return !MARKUP.test(own) && (text.match(DOTTED) ?? []).every(isHosts);
}
