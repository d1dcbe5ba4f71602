import type { ListPage } from "./service.ts";

/** What is listed has an id of its own. */
interface Listed {
  readonly id: string;
}

/**
 * The first page of a list, read again, in front of what was read of later ones before. Where the two have nothing in
 * common, what lies between is not known: then the first page is all that there is, and later ones are read again.
 */
export function mergeFirstPage<T extends Listed>(
  before: ListPage<T> | undefined,
  first: ListPage<T>,
): ListPage<T> {
  const last = first.list.at(-1);
  const at = before?.list.findIndex(({ id }) => id === last?.id) ?? -1;
  if (before === undefined || first.cursor === undefined || at < 0) return first;
  const known = new Set(first.list.map(({ id }) => id));
  const later = before.list.slice(at + 1).filter(({ id }) => !known.has(id));
  // As long as nothing of a later page was read, the newer cursor says where it begins.
  return { list: [...first.list, ...later], cursor: later.length > 0 ? before.cursor : first.cursor };
}

/** The next page, behind what was read before. What has moved there meanwhile stands where it was. */
export function appendPage<T extends Listed>(before: readonly T[], next: ListPage<T>): ListPage<T> {
  const known = new Set(before.map(({ id }) => id));
  return { list: [...before, ...next.list.filter(({ id }) => !known.has(id))], cursor: next.cursor };
}
