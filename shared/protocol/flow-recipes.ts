import type { NewFlow } from "./flow.ts";
import { LIMITS } from "./limits.ts";

/*
 * Flows that are ready but for a few blanks: what a host makes from a sentence. `web/words/en/flows.ts` has the sentences,
 * in which each blank is named.
 */

/** What a blank asks for. `share`: in percent. `time`: as `2027-03-28T18:00`, such as a browser's own field gives it. */
export type BlankKind = "count" | "share" | "minutes" | "url" | "activity" | "time" | "zone";

export interface Blank {
  readonly name: string;
  readonly kind: BlankKind;
  /** What stands in it at first; where there is nothing, the host says. */
  readonly initial: string;
}

/** Reads what stands in the blanks, as a recipe asks for one after the other. */
class Blanks {
  readonly all: Blank[] = [];
  /** Those that are empty, or hold something else than they ask for. */
  readonly wrong: string[] = [];
  readonly #texts: ReadonlyMap<string, string>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  count(name: string, initial: number): number {
    return this.#number("count", name, initial, LIMITS.maxParticipantsCeiling);
  }

  share(name: string, initial: number): number {
    return this.#number("share", name, initial, 100) / 100;
  }

  minutes(name: string, initial: number): number {
    return this.#number("minutes", name, initial, LIMITS.flowMinutes);
  }

  url(name: string): string {
    return this.#text("url", name, (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));
  }

  activity(name: string): string {
    return this.#text("activity", name, (text) => text !== "");
  }

  time(name: string): string {
    return this.#text("time", name, (text) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text));
  }

  zone(name: string): string {
    return this.#text("zone", name, (text) => text !== "");
  }

  #number(kind: BlankKind, name: string, initial: number, most: number): number {
    const text = this.#text(kind, name, (written) => isCount(written, most), `${initial}`);
    return Number(text);
  }

  #text(kind: BlankKind, name: string, isRight: (text: string) => boolean, initial = ""): string {
    this.all.push({ name, kind, initial });
    const text = (this.#texts.get(name) ?? "").trim();
    if (!isRight(text)) this.wrong.push(name);
    return text;
  }
}

const isCount = (text: string, most: number) =>
  /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most;

type Written = Pick<NewFlow, "on" | "do"> & Partial<Pick<NewFlow, "if">>;

/** By what they are called in the sentences. */
const RECIPES = {
  /** What the room most wants answered is told to a chat. */
  question: (blank) => ({
    on: { event: "question", votes: blank.count("votes", 10) },
    do: [{ do: "webhook", url: blank.url("url") }],
  }),
  /** Each time it is asked, it closes by itself. */
  close: (blank) => {
    const activity = blank.activity("activity");
    return {
      on: { event: "answers", activity, share: blank.share("share", 80), again: true },
      if: [{ activity, status: "open" }],
      do: [{ do: "activity", activity, status: "closed" }],
    };
  },
  /** Something to do for those who come early. */
  welcome: (blank) => ({
    on: { event: "schedule", minutes: -blank.minutes("minutes", 5), from: "start" },
    do: [{ do: "activity", activity: blank.activity("activity"), status: "open" }],
  }),
  /** Wherever the speaker is. */
  over: (blank) => ({
    on: { event: "schedule", minutes: blank.minutes("minutes", 60), from: "start" },
    do: [{ do: "end" }, { do: "recap" }],
  }),
  end: (blank) => ({
    on: { event: "schedule", at: blank.time("time"), zone: blank.zone("zone") },
    do: [{ do: "end" }],
  }),
  /** A key of a stream deck, or whatever else can call an address. */
  key: (blank) => ({
    on: { event: "http" },
    do: [{ do: "activity", activity: blank.activity("activity"), status: "open" }],
  }),
  /** As long as anybody is there. */
  save: (blank) => ({
    on: { event: "schedule", every: blank.minutes("minutes", 1) },
    if: [{ people: { atLeast: 1 } }],
    do: [{ do: "store" }],
  }),
  recap: () => ({ on: { event: "ended" }, do: [{ do: "recap" }] }),
} as const satisfies Record<string, (blank: Blanks) => Written>;

export type FlowRecipe = keyof typeof RECIPES;

/** In the order in which they are offered. */
export const FLOW_RECIPES: readonly FlowRecipe[] = [
  ...(["close", "question", "welcome", "over", "end", "recap", "key", "save"] as const),
];

/** The blanks of a recipe, in the order in which it asks for them. */
export function listBlanks(recipe: FlowRecipe): readonly Blank[] {
  const blanks = new Blanks(new Map());
  RECIPES[recipe](blanks);
  return blanks.all;
}

/** The flow that a recipe makes of what stands in its blanks, or the blanks in which something else has to stand. */
export function fillRecipe(
  recipe: FlowRecipe,
  name: string,
  texts: ReadonlyMap<string, string>,
): { readonly flow: NewFlow } | { readonly wrong: readonly string[] } {
  const blanks = new Blanks(texts);
  const written: Written = RECIPES[recipe](blanks);
  if (blanks.wrong.length > 0) return { wrong: blanks.wrong };
  return { flow: { name, if: [], enabled: true, ...written } };
}
