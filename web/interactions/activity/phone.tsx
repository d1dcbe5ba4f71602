import type { FC } from "hono/jsx";
import { loadPart } from "../../ui/load-part.ts";
import { createStore } from "../../ui/store.ts";
import { useStore } from "../../ui/use-store.ts";
import type { PhoneSlot } from "../slots.ts";
import { watchNews } from "./news.ts";
import { notLoaded } from "./words/en/not-loaded.ts";

/** What is asked, on top of the phone. All there is to it is loaded when something is asked for the first time. */
export const phoneSlot: PhoneSlot = (phone) => {
  const { session } = phone;
  const loaded = createStore<{ readonly Desk: FC | undefined }>({ Desk: undefined });
  const isNews = watchNews(session);
  const load = async () => {
    if (session.activities.length === 0) return;
    stop();
    const first = { isNews: isNews(), at: performance.now() };
    const part = await loadPart(
      () => import("./phone/desk.tsx"),
      () => phone.report({ trouble: notLoaded }),
    );
    if (part) loaded.set({ Desk: part.createDesk(phone, first, isNews) });
  };
  const stop = session.on("activities", () => void load());
  return {
    Top() {
      const { Desk } = useStore(loaded);
      return Desk ? <Desk /> : null;
    },
  };
};
