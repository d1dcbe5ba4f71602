import { phoneSlot as activities } from "./activity/phone.tsx";
import { phoneSlot as questions } from "./question/phone.ts";
import { phoneSlot as reactions } from "./reaction/phone.tsx";
import type { PhoneSlot } from "./slots.ts";

/** Who has a part in the phone page. */
export const phoneSlots: readonly PhoneSlot[] = [activities, reactions, questions];
