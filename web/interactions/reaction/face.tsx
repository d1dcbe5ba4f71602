import { foldReaction } from "../../../shared/interactions/reaction/reaction.ts";
import { faceNames } from "./words/en.ts";

const names = new Map(Object.entries(faceNames).map(([face, name]) => [foldReaction(face), name]));

/** What a screen reader says for a reaction. */
export const nameReaction = (reaction: string): string => names.get(foldReaction(reaction)) ?? reaction;

/**
 * The class of an element that shows a reaction: fonts know digits, `#` and `*` as emoji too, so words with some are drawn
 * as words. Keycaps stay pictures.
 */
export const faceClass = (reaction: string): string =>
  /[0-9#*](?!\uFE0F?\u20E3)/.test(reaction) ? "" : "emoji";

/** A reaction as people see it. */
export const Face = ({ reaction }: { reaction: string }) => <bdi class={faceClass(reaction)}>{reaction}</bdi>;
