import type { Rules } from "./wire.ts";

/** What holds until a host says otherwise. */
export const OPEN_RULES: Rules = { paused: false, reactions: null, pages: {} };

/** Whether the host takes this reaction on this page, should reactions not be paused. */
export function isAllowed({ reactions, pages }: Rules, page: string, reaction: string): boolean {
  const allowed = Object.hasOwn(pages, page) ? pages[page] : reactions;
  return !allowed || allowed.includes(reaction);
}
