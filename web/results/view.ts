import type { ExportFormat } from "../../shared/protocol/export.ts";
import type { SessionTotals } from "../../shared/protocol/totals.ts";
import type { HostRole } from "../ui/host-pass.ts";
import { DEFAULT_REACTIONS } from "../ui/reactions.ts";
import { createStore } from "../ui/store.ts";
import type { Timeline } from "../ui/timeline.ts";

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

/** A download on its way. */
export interface DownloadView {
  readonly format: ExportFormat;
  /** Reactions of it that have come. */
  readonly rows: number;
  /** Its connection broke off, and is tried again. */
  readonly isBroken: boolean;
}

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
  readonly totals: SessionTotals;
  /** Whether everyone may see this. Only the host knows. */
  readonly isPublic: boolean;
  /** The host has ended the session from this very page. */
  readonly isJustEnded: boolean;
  readonly question: Question | undefined;
  /** Something is on its way that the host asked for. */
  readonly isBusy: boolean;
  /** What a deletion has left to do. */
  readonly left: readonly string[] | undefined;
  readonly download: DownloadView | undefined;
  /** How the last one went. */
  readonly downloaded: { readonly isSaved: boolean; readonly text: string } | undefined;
  /** What a screen reader is told next, and others read below the host's switch. */
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
  isPublic: false,
  isJustEnded: false,
  question: undefined,
  isBusy: false,
  left: undefined,
  download: undefined,
  downloaded: undefined,
  notice: undefined,
});
