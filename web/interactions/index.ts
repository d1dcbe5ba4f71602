import { phoneSlot as activityPhone } from "./activity/phone.tsx";
import { resultsSlot as activityResults } from "./activity/results.tsx";
import { stageSlot as activityStage } from "./activity/stage.tsx";
import { deckSlot } from "./reaction/deck.tsx";
import { phoneSlot } from "./reaction/phone.tsx";
import { resultsSlot } from "./reaction/results.tsx";
import { stageSlot } from "./reaction/stage.tsx";
import type { DeckSlot, PhoneSlot, ResultsSlot, StageSlot } from "./slots.ts";

/*
 * Every interaction there is: a folder each, with a file for each page it has a part in, and a line in that page's list.
 * A page bundles its own list alone.
 */

export const phoneSlots: readonly PhoneSlot[] = [activityPhone, phoneSlot];
export const stageSlots: readonly StageSlot[] = [activityStage, stageSlot];
export const deckSlots: readonly DeckSlot[] = [deckSlot];
export const resultsSlots: readonly ResultsSlot[] = [resultsSlot, activityResults];
