import { loadPart } from "../../ui/load-part.ts";
import type { PhoneSlot } from "../slots.ts";
import { notLoaded } from "./words/en/not-loaded.ts";

/** A tab for what the audience asks. All there is to it is loaded once questions are taken, or are there. */
export const phoneSlot: PhoneSlot = (phone) => {
  const { session } = phone;
  const look = async () => {
    if (session.rules.questions === "off" && session.questionCount === 0) return;
    for (const stop of stops) stop();
    const part = await loadPart(
      () => import("./phone/tab.ts"),
      () => phone.report({ trouble: notLoaded }),
    );
    part?.createTab(phone);
  };
  const stops = [session.on("rules", () => void look()), session.on("questions", () => void look())];
  return {};
};
