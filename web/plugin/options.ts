import { DEFAULT_REACTIONS } from "../ui/reactions.ts";
import { plugin as words } from "../words/en.ts";

/** What a deck may say in `Reveal.initialize({ revint: { … } })`, or in `Revint({ … })`. */
export interface RevintOptions {
  /** Address of the deployment. Default: where the plugin's script was loaded from, if that was one. */
  readonly apiUrl?: string;
  /** The page people join with; `session` is added to its query. Default: the deployment's own `/join`. */
  readonly webUiUrl?: string;
  /** Address of the sockets, where it is not the API's. */
  readonly wsUrl?: string;
  /** Up to 12 reactions of up to 64 characters. Default: 👍 ❤️ 😂 🤯 👏 ❓ */
  readonly reactions?: readonly string[];
  /**
   * Where join code and counts are shown while leading: `side` beside the slides, `bar` below them,
   * `auto` where there is room; `false` hides them until the overlay's key is pressed.
   */
  readonly overlay?: boolean | "auto" | "side" | "bar";
  /** How many people are expected; thousands get their room at once and not as they come. */
  readonly expectedAudience?: number;
  /** One letter each, or `false` for none. Default: overlay Q, host I, together T. */
  readonly keys?: { readonly [Name in KeyName]?: string | false };
}

export type KeyName = "overlay" | "host" | "together";
export type Place = "auto" | "side" | "bar";

/** The options with every default filled in. */
export interface Settings {
  readonly apiUrl: string;
  readonly webUiUrl: string;
  readonly wsUrl: string | undefined;
  readonly reactions: readonly string[];
  readonly place: Place;
  readonly isShown: boolean;
  readonly expectedAudience: number | undefined;
  readonly keys: Readonly<Record<KeyName, string | undefined>>;
}

/**
 * @param scriptUrl where the plugin was loaded from
 * @throws Error when nothing says where the deployment is
 */
export function readOptions(options: RevintOptions, scriptUrl: string | undefined): Settings {
  const apiUrl = options.apiUrl ?? getDeployment(scriptUrl);
  if (!apiUrl) throw new Error(words.missingApi);
  const { overlay = "auto", keys = {} } = options;
  return {
    apiUrl: new URL(apiUrl, location.href).href.replace(/\/+$/, ""),
    webUiUrl: new URL(options.webUiUrl || "/join", new URL(apiUrl, location.href)).href,
    wsUrl: options.wsUrl,
    reactions: options.reactions?.length ? options.reactions : DEFAULT_REACTIONS,
    place: overlay === "side" || overlay === "bar" ? overlay : "auto",
    isShown: overlay !== false,
    expectedAudience: options.expectedAudience,
    keys: {
      overlay: readKey(keys.overlay, "Q"),
      host: readKey(keys.host, "I"),
      together: readKey(keys.together, "T"),
    },
  };
}

/** A deployment serves the plugin at exactly these paths; a copy elsewhere says nothing about where the API is. */
function getDeployment(scriptUrl: string | undefined): string | undefined {
  if (scriptUrl === undefined || !/^https?:/.test(scriptUrl)) return undefined;
  const { origin, pathname } = new URL(scriptUrl);
  return /^\/plugin\/revint\.m?js$/.test(pathname) ? origin : undefined;
}

const readKey = (key: string | false | undefined, ours: string): string | undefined =>
  key === false ? undefined : (key ?? ours).toUpperCase();
