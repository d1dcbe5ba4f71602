import type { CitedTexts } from "./cited-texts.ts";

/*
 * What a sentence may be made of: plain text, without markup, addresses, or characters that nobody sees. What stands in
 * quotation marks is as its author wrote it.
 */

/** Joiners, which emoji and some scripts need, and how an emoji looks, are all that may be unseen. */
const UNSEEN = /[\p{Cc}\p{Co}\p{Cn}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/u;
/** What looks like nothing, though it is a letter, a mark or a pattern of dots. */
const BLANK = /(?!\u200c|\u200d|\ufe0e|\ufe0f)\p{Default_Ignorable_Code_Point}|\u2800/u;
/** A digit that runs into what follows: two numbers would be read as one. */
const JOINED = /\p{N}[\p{M}\u200c\u200d]/u;
/** One word of two scripts, which look alike: no word that is known here would be seen in it. */
const MIXED = /\p{sc=Latin}[\p{sc=Cyrillic}\p{sc=Greek}]|[\p{sc=Cyrillic}\p{sc=Greek}]\p{sc=Latin}/u;
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
  if ([MARKUP, BLANK, JOINED, MIXED].some((pattern) => pattern.test(own))) return false;
  const isHosts = (name: string) => hosts.some((each) => each.includes(name));
  return (text.match(DOTTED) ?? []).every(isHosts);
}
