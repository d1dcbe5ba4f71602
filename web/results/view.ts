import type { ExportFormat } from "../../shared/protocol/export.ts";
import type { SessionTotals } from "../../shared/protocol/totals.ts";
import type { Activity, Question as AskedQuestion } from "../client/session.ts";
import { type Action, IDLE } from "../ui/action.ts";
import type { HostRole } from "../ui/host-pass.ts";
import { createStore, type Store } from "../ui/store.ts";
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

/** What is saved as a file: each reaction, each answer to what was asked, or each question from the audience. */
export type Exported = "reactions" | "answers" | "questions";

/** What it is saved as: an export as the service writes it, or the workbook that this page makes of one. */
export type FileFormat = ExportFormat | "xlsx";

/** A download on its way. */
export interface DownloadView {
  readonly what: Exported;
  readonly format: FileFormat;
  /** Rows of it that have come. */
  readonly rows: number;
  /** Its connection broke off, and is tried again. */
  readonly isBroken: boolean;
}

/** Everything the results page shows. */
export interface View extends Action {
  readonly screen: Screen;
  readonly name: string;
  readonly date: string;
  /** What this window is in the session: one of its hosts, or like everybody else. */
  readonly role: HostRole | undefined;
  /** The buttons that the session was opened with. */
  readonly offered: readonly string[];
  readonly timeline: Timeline | undefined;
  readonly activities: readonly Activity[];
  /** From the audience. */
  readonly questions: readonly AskedQuestion[];
  readonly totals: SessionTotals;
  /** Whether everyone may see this. Only the host knows. */
  readonly isPublic: boolean;
  /** The host has ended the session from this very page. */
  readonly isJustEnded: boolean;
  readonly question: Question | undefined;
  /** What a deletion has left to do. */
  readonly left: readonly string[] | undefined;
  readonly download: DownloadView | undefined;
  /** How the last one went. */
  readonly downloaded: { readonly isSaved: boolean; readonly text: string } | undefined;
}

export const createView = (): Store<View> =>
  createStore<View>({
    ...IDLE,
    screen: "connecting",
    name: "",
    date: "",
    role: undefined,
    offered: [],
    timeline: undefined,
    activities: [],
    questions: [],
    totals: { pages: {}, total: 0, participants: 0 },
    isPublic: false,
    isJustEnded: false,
    question: undefined,
    left: undefined,
    download: undefined,
    downloaded: undefined,
  });
