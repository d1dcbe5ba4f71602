import type { FC } from "hono/jsx";
import { createStore } from "../../ui/store.ts";
import { tabStorage } from "../../ui/tab-storage.ts";
import { useStore } from "../../ui/use-store.ts";
import type { PhoneSlot } from "../slots.ts";
import { watchNews } from "./news.ts";
import { phone as words } from "./words/en/phone.ts";

/** Between two tries, at first and at most. */
const RETRY_MS = 3000;
const LONGEST_MS = 60_000;
/** How often this tab has tried in vain. */
const TRIES = "revint:desk-tries";

/** What is asked, on top of the phone. All there is to it is loaded when something is asked for the first time. */
export const phoneSlot: PhoneSlot = (phone) => {
  const { session } = phone;
  const loaded = createStore<{ readonly Desk: FC | undefined }>({ Desk: undefined });
  const isNews = watchNews(session);
  const load = async () => {
    if (session.activities.length === 0) return;
    stop();
    const first = { isNews: isNews(), at: performance.now() };
    try {
      const { createDesk } = await import("./phone/desk.tsx");
      loaded.set({ Desk: createDesk(phone, first, isNews) });
      tabStorage.remove(TRIES);
    } catch {
      phone.report({ trouble: words.notLoaded });
      reloadSoon();
    }
  };
  const stop = session.on("activities", () => void load());
  return {
    Top() {
      const { Desk } = useStore(loaded);
      return Desk ? <Desk /> : null;
    },
  };
};

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
