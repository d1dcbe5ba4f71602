/** What is read: the page's `main`, which is put in place of another one without a reload. */
const find = (): HTMLElement | null => document.querySelector<HTMLElement>("main#recap");

/** Something to read by: which part of the page stands where in the window. */
interface Place {
  readonly id: string;
  readonly top: number;
}

/** Whether there is something to read. */
export const hasPaper = (): boolean => find() !== null;

/**
 * Shows another version, with what was read left where it was. Nothing in it runs: a parsed document's scripts never
 * do, and the page's policy lets in none but its own.
 * @param html the whole page as the service serves it
 */
export function showPaper(html: string): void {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.querySelector<HTMLElement>("main#recap");
  if (!next) return;
  const before = find();
  const place = before && findPlace(before);
  const focused = before?.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const main = document.importNode(next, true);
  if (before) before.replaceWith(main);
  else document.body.append(main);
  document.title = page.title;
  if (place) returnTo(main, place);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

export function removePaper(): void {
  find()?.remove();
}

/** So little of a part at the window's edge is nothing that anybody reads, in pixels. */
const EDGE = 8;

/**
 * The part that begins in the upper half of the window, or else the one that fills it. By its beginning: both versions
 * have that, and what comes after it may have grown.
 */
function findPlace(main: HTMLElement): Place | undefined {
  let filling: Place | undefined;
  for (const part of main.querySelectorAll<HTMLElement>("[id]")) {
    const { top, bottom } = part.getBoundingClientRect();
    if (bottom <= EDGE) continue;
    const place = { id: part.id, top };
    if (top >= -EDGE) return top > innerHeight / 2 ? (filling ?? place) : place;
    filling = place;
  }
  return filling;
}

function returnTo(main: HTMLElement, { id, top }: Place): void {
  const part = main.querySelector(`[id="${CSS.escape(id)}"]`);
  if (part) scrollBy({ top: part.getBoundingClientRect().top - top, behavior: "instant" });
}

/**
 * Leaves what is read where it is when something above it grows or shrinks. Most browsers do that by themselves.
 * @param above what stands before the page
 */
export function steadyPaper(above: HTMLElement): void {
  if (CSS.supports("overflow-anchor", "auto")) return;
  let height = above.offsetHeight;
  new ResizeObserver(() => {
    const by = above.offsetHeight - height;
    height += by;
    if (scrollY > 0 && above.getBoundingClientRect().bottom - by <= 0)
      scrollBy({ top: by, behavior: "instant" });
  }).observe(above);
}
