import { activitySlot } from "./activity/overlay.tsx";
import { pinnedSlot } from "./question/overlay.tsx";
import { countSlot, floatSlot } from "./reaction/overlay.tsx";
import type { OverlaySlot } from "./slots.ts";

/** Who has a part in the overlay of a stream. */
export const overlaySlots: readonly OverlaySlot[] = [floatSlot, countSlot, pinnedSlot, activitySlot];
