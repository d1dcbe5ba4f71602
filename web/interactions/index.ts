import { ACTIVITY } from "./activity/deck/selector.ts";
import { activityExtra } from "./activity/deck.tsx";
import { phoneSlot as activityPhone } from "./activity/phone.tsx";
import { resultsSlot as activityResults } from "./activity/results.tsx";
import { stageSlot as activityStage } from "./activity/stage.tsx";
import { phoneSlot as questionPhone } from "./question/phone.ts";
import { stageSlot as questionStage } from "./question/stage.tsx";
import { deckSlot } from "./reaction/deck.tsx";
import { phoneSlot } from "./reaction/phone.tsx";
import { resultsSlot } from "./reaction/results.tsx";
import { stageSlot } from "./reaction/stage.tsx";
import type { DeckExtra, DeckSlot, PhoneSlot, ResultsSlot, StageSlot } from "./slots.ts";

/*
 * Every interaction there is: a folder each, with a file for each page it has a part in, and a line in that page's list.
 * A page bundles its own list alone.
 */

export const phoneSlots: readonly PhoneSlot[] = [activityPhone, phoneSlot, questionPhone];
export const stageSlots: readonly StageSlot[] = [activityStage, questionStage, stageSlot];
export const deckSlots: readonly DeckSlot[] = [deckSlot];
/** Elements of slides that ask for the extras. */
export const extraSelector = ACTIVITY;
export const deckExtras: readonly DeckExtra[] = [activityExtra];
export const resultsSlots: readonly ResultsSlot[] = [resultsSlot, activityResults];
