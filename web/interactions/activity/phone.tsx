import type { FC } from "hono/jsx";
import { createStore } from "../../ui/store.ts";
import { useStore } from "../../ui/use-store.ts";
import type { PhoneSlot } from "../slots.ts";
import { phone as words } from "./words/en/phone.ts";

/** A network that has just failed may be back. */
const RETRY_MS = 5000;

/** What is asked, on top of the phone. All there is to it is loaded when something is asked for the first time. */
export const phoneSlot: PhoneSlot = (phone) => {
  const { session } = phone;
  const loaded = createStore<{ readonly Desk: FC | undefined }>({ Desk: undefined });
  let isLoading = false;
  const load = async () => {
    if (isLoading || session.activities.length === 0) return;
    isLoading = true;
    stop();
    try {
      const { createDesk } = await import("./phone/desk.tsx");
      phone.report({});
      loaded.set({ Desk: createDesk(phone) });
    } catch {
      phone.report({ trouble: words.notLoaded });
      isLoading = false;
      setTimeout(load, RETRY_MS);
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
