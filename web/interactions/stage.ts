import { stageSlot as activities } from "./activity/stage.tsx";
import { stageSlot as questions } from "./question/stage.tsx";
import { stageSlot as reactions } from "./reaction/stage.tsx";
import type { StageSlot } from "./slots.ts";

/** Who has a part in the stage. */
export const stageSlots: readonly StageSlot[] = [activities, questions, reactions];
