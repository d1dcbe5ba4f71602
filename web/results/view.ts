import type { HostRole } from "../plugin/host-pass.ts";
import { DEFAULT_REACTIONS } from "../ui/reactions.ts";
import { createStore } from "../ui/store.ts";
import type { ExportFormat, Totals } from "./service.ts";
import type { Timeline } from "./timeline.ts";

export type Screen =
  | "noSession"
  | "ask"
  | "connecting"
  | "results"
  | "notFound"
  | "notPublic"
  | "failed"
  | "deleted";

/** What the host is asked before it is done. */
export type Question = "end" | "delete";

/** Everything the results page shows. */
export interface View {
  readonly screen: Screen;
  readonly problem: string | undefined;
  readonly name: string;
  readonly date: string;
  /** What this window is in the session: one of its hosts, or like everybody else. */
  readonly role: HostRole | undefined;
  /** The buttons people had. */
  readonly offered: readonly string[];
  readonly timeline: Timeline | undefined;
  readonly totals: Totals;
  /** Whether everyone may see this; `undefined`: the service does not say any more. */
  readonly isPublic: boolean | undefined;
  readonly question: Question | undefined;
  /** Something is on its way that the host asked for. */
  readonly isBusy: boolean;
  /** What a deletion has left to do. */
  readonly left: readonly string[] | undefined;
  /** A download on its way, and how many reactions of it have come. */
  readonly download: { readonly format: ExportFormat; readonly rows: number } | undefined;
  /** What a screen reader is told next, and others read below the buttons. */
  readonly notice: string | undefined;
}

export const view = createStore<View>({
  screen: "connecting",
  problem: undefined,
  name: "",
  date: "",
  role: undefined,
  offered: DEFAULT_REACTIONS,
  timeline: undefined,
  totals: { pages: {}, total: 0, participants: 0 },
  isPublic: undefined,
  question: undefined,
  isBusy: false,
  left: undefined,
  download: undefined,
  notice: undefined,
});
