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

/** The first part with a name of its own that is in sight, or that the window is in the middle of. */
function findPlace(main: HTMLElement): Place | undefined {
  let place: Place | undefined;
  for (const part of main.querySelectorAll<HTMLElement>("[id]")) {
    const { top } = part.getBoundingClientRect();
    // What comes first below the upper edge, or else the last one above it.
    if (place && top > 0 && place.top <= 0 && top > innerHeight / 2) break;
    place = { id: part.id, top };
    if (top > 0) break;
  }
  return place;
}

function returnTo(main: HTMLElement, { id, top }: Place): void {
  const part = main.querySelector(`[id="${CSS.escape(id)}"]`);
  if (part) scrollBy({ top: part.getBoundingClientRect().top - top, behavior: "instant" });
}
