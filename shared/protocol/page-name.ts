/** Page "0" is what a session shows before its deck has said where it is: no slide, and never called one. */
export const isShown = (page: string): boolean => page !== "0";

/** What people call a page: decks count from 0 and stack slides as `h.v`, people count from 1. */
export function namePage(page: string): string {
  const [, h, v] = /^(\d{1,6})\.(\d{1,6})$/.exec(page) ?? [];
  if (h === undefined || v === undefined) return page;
  return v === "0" ? String(Number(h) + 1) : `${Number(h) + 1}.${Number(v) + 1}`;
}
