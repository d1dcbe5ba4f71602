import { tabStorage } from "./tab-storage.ts";

/** Between two tries, at first and at most. */
const RETRY_MS = 3000;
const LONGEST_MS = 60_000;
/** How often this tab has tried in vain. */
const TRIES = "revint:part-tries";

/**
 * Loads a part of the page that is needed now.
 * @param tellMissing it could not be loaded, and the page comes anew as soon as it can
 */
export async function loadPart<T>(load: () => Promise<T>, tellMissing: () => void): Promise<T | undefined> {
  try {
    const part = await load();
    tabStorage.remove(TRIES);
    return part;
  } catch {
    tellMissing();
    reloadSoon();
    return undefined;
  }
}

/**
 * A browser remembers that a part of a page could not be loaded, and a part of an older deployment is gone for good: what
 * helps against both is the page anew, as soon as it can be had. What was sent and written stays where it is kept.
 */
function reloadSoon(): void {
  const tries = Number(tabStorage.get(TRIES) ?? 0);
  const look = async () => {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
    if (!answer?.ok) {
      setTimeout(look, RETRY_MS);
      return;
    }
    tabStorage.set(TRIES, String(tries + 1));
    location.reload();
  };
  setTimeout(look, Math.min(LONGEST_MS, RETRY_MS * 2 ** tries));
}
