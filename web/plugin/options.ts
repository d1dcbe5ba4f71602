import { DEFAULT_REACTIONS, foldReaction } from "../../shared/interactions/reaction/reaction.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { plugin as words } from "../words/en.ts";

/** What a deck may say in `Reveal.initialize({ revint: { … } })`, or in `Revint({ … })`. */
export interface RevintOptions {
  /** Address of the deployment. Default: where the plugin's script was loaded from, if that was one. */
  readonly apiUrl?: string;
  /** The page people join with; `session` is added to its query. Default: the deployment's own `/join`. */
  readonly webUiUrl?: string;
  /** Address of the sockets, where it is not the API's. */
  readonly wsUrl?: string;
  /**
   * Where the audience finds these slides: phones link there. Default: this page's own address without query and
   * fragment, unless only this computer could open it; `false` for none.
   */
  readonly deckUrl?: string | false;
  /** Up to 12 reactions of up to 64 characters. Default: 👍 ❤️ 😂 🤯 👏 ❓ */
  readonly reactions?: readonly string[];
  /** Words of the audience's own are taken too, and float over the deck. Default: only `reactions`. */
  readonly anyReaction?: boolean;
  /**
   * Where join code and counts are shown while leading: `side` beside the slides, `bar` below them,
   * `auto` where there is room; `false` hides them until the overlay's key is pressed.
   */
  readonly overlay?: boolean | "auto" | "side" | "bar";
  /** How many people are expected; thousands get their room at once and not as they come. */
  readonly expectedAudience?: number;
  /**
   * One letter or digit each, or `false` for none. Default: overlay Q, host I, together T, welcome W; where slides ask
   * something, ask 1, reveal 2, again 3, goto 4.
   */
  readonly keys?: { readonly [Name in KeyName]?: string | false };
}

/** Those of every deck, and with them those that only some slides need. */
export const OWN_KEYS = ["overlay", "host", "together", "welcome"] as const;
export const KEY_NAMES = [...OWN_KEYS, "ask", "reveal", "again", "goto"] as const;
export type KeyName = (typeof KEY_NAMES)[number];
export type Place = "auto" | "side" | "bar";

/** The options with every default filled in. */
export interface Settings {
  readonly apiUrl: string;
  readonly webUiUrl: string;
  readonly wsUrl: string | undefined;
  readonly deckUrl: string | undefined;
  /** Never empty: a session without a list takes whatever somebody sends. */
  readonly reactions: readonly string[];
  readonly anyReaction: boolean;
  /** What the deck's author should know about what they gave, a sentence each. */
  readonly advice: readonly string[];
  readonly place: Place;
  readonly isShown: boolean;
  readonly expectedAudience: number | undefined;
  readonly keys: Readonly<Record<KeyName, string | undefined>>;
}

/**
 * @param scriptUrl where the plugin was loaded from
 * @throws Error when nothing says where the deployment is: words for the deck's author
 */
export function readOptions(options: RevintOptions, scriptUrl: string | undefined): Settings {
  const given = options.apiUrl ?? getDeployment(scriptUrl);
  if (!given) throw new Error(words.missingApi);
  const apiUrl = readUrl("apiUrl", given, location.href);
  const { overlay = "auto", keys } = options;
  const { reactions, advice } = readReactions(options.reactions);
  return {
    apiUrl: apiUrl.replace(/\/+$/, ""),
    webUiUrl: readUrl("webUiUrl", options.webUiUrl || "/join", apiUrl),
    wsUrl: options.wsUrl,
    deckUrl: readDeckUrl(options.deckUrl),
    reactions,
    anyReaction: options.anyReaction === true,
    advice,
    place: overlay === "side" || overlay === "bar" ? overlay : "auto",
    isShown: overlay !== false,
    expectedAudience: options.expectedAudience,
    keys: {
      overlay: readKey(keys?.overlay, "Q"),
      host: readHostKey(options),
      together: readKey(keys?.together, "T"),
      welcome: readKey(keys?.welcome, "W"),
      ask: readKey(keys?.ask, "1"),
      reveal: readKey(keys?.reveal, "2"),
      again: readKey(keys?.again, "3"),
      goto: readKey(keys?.goto, "4"),
    },
  };
}

/** The key of the dialog, also of a deck whose other options can't be read. */
export const readHostKey = ({ keys }: RevintOptions): string | undefined => readKey(keys?.host, "I");

function readUrl(name: string, url: string, base: string): string {
  if (!URL.canParse(url, base)) throw new Error(words.badUrl(name, url));
  return new URL(url, base).href;
}

/** What a session takes of the deck's reactions: a talk goes on with those, and its author is told of the others. */
function readReactions(given: readonly string[] | undefined): Pick<Settings, "reactions" | "advice"> {
  if (!Array.isArray(given) || given.length === 0) return { reactions: DEFAULT_REACTIONS, advice: [] };
  const once = new Map<string, string>();
  const twice: string[] = [];
  const unfit: string[] = [];
  for (const reaction of given as readonly unknown[]) {
    if (!isReaction(reaction)) unfit.push(`“${reaction}”`);
    else if (once.has(foldReaction(reaction))) twice.push(reaction);
    else once.set(foldReaction(reaction), reaction);
  }
  const advice = [
    ...(unfit.length > 0 ? [words.advice.unfit(unfit, LIMITS.textLength)] : []),
    ...(twice.length > 0 ? [words.advice.twice(twice)] : []),
    ...(once.size > LIMITS.reactions ? [words.advice.tooMany(once.size, LIMITS.reactions)] : []),
  ];
  const reactions = [...once.values()].slice(0, LIMITS.reactions);
  return { reactions: reactions.length > 0 ? reactions : DEFAULT_REACTIONS, advice };
}

/** What the service would take: one refused reaction would be a refused session. */
const isReaction = (value: unknown): value is string =>
  typeof value === "string" &&
  value !== "" &&
  [...value].length <= LIMITS.textLength &&
  value.isWellFormed() &&
  !value.includes("\0") &&
  value !== "__proto__";

/** A deployment serves the plugin at exactly these paths; a copy elsewhere says nothing about where the API is. */
function getDeployment(scriptUrl: string | undefined): string | undefined {
  if (scriptUrl === undefined || !/^https?:/.test(scriptUrl)) return undefined;
  const { origin, pathname } = new URL(scriptUrl);
  return /^\/plugin\/([\w-]+\/)?revint\.m?js$/.test(pathname) ? origin : undefined;
}

function readDeckUrl(given: string | false | undefined): string | undefined {
  if (given === false) return undefined;
  if (given !== undefined) return readUrl("deckUrl", given, location.href);
  const { protocol, hostname, origin, pathname } = location;
  const isOwnComputer = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$|\.localhost$/.test(hostname);
  return /^https?:$/.test(protocol) && !isOwnComputer ? origin + pathname : undefined;
}

const readKey = (key: string | false | undefined, ours: string): string | undefined =>
  key === false ? undefined : (key ?? ours).toUpperCase();
