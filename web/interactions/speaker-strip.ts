import { speakerSlot as reactions } from "./reaction/speaker-strip.tsx";
import type { SpeakerSlot } from "./slots.ts";

/** Who has a part in the line of the speaker view. */
export const speakerSlots: readonly SpeakerSlot[] = [reactions];
