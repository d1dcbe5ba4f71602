import type { KindAsk } from "./ask.ts";
import { choiceAsk } from "./choice/ask.tsx";
import { scaleAsk } from "./scale/ask.tsx";
import { wordsAsk } from "./words/ask.tsx";

/** What a host can ask without a deck, by a button each. */
export const asks: readonly KindAsk[] = [choiceAsk, scaleAsk, wordsAsk];
