import type { Rules } from "../client/wire.ts";

/** Buttons that fit on a phone. */
const MOST = 12;

/**
 * The buttons of a page: those of the session that its host allows there, in their order, and
 * after them what is allowed besides, such as the answers of a vote.
 */
export function listOffered(
  offered: readonly string[],
  { reactions, pages }: Rules,
  page: string,
): readonly string[] {
  const allowed = Object.hasOwn(pages, page) ? pages[page] : reactions;
  if (!allowed) return offered;
  const usual = offered.filter((reaction) => allowed.includes(reaction));
  return [...usual, ...allowed.filter((reaction) => !usual.includes(reaction))].slice(0, MOST);
}
