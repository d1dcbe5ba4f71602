import { resultsSlot as activities } from "./activity/results.tsx";
import { resultsSlot as questions } from "./question/results.tsx";
import { resultsSlot as reactions } from "./reaction/results.tsx";
import type { ResultsSlot } from "./slots.ts";

/** Who has a part in the results. */
export const resultsSlots: readonly ResultsSlot[] = [reactions, activities, questions];
