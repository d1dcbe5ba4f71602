import { hostSlot as activities } from "./activity/host.tsx";
import type { HostSlot } from "./slots.ts";

/** Who has a part in preparing a talk. */
export const hostSlots: readonly HostSlot[] = [activities];
