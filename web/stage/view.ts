import type { Pages } from "../../shared/protocol/totals.ts";
import type { Connection } from "../client/session.ts";
import { DEFAULT_REACTIONS } from "../ui/reactions.ts";
import { createStore } from "../ui/store.ts";
import { emptyTimeline, type Timeline } from "./timeline.ts";

export type Screen = "noSession" | "ask" | "connecting" | "stage" | "failed" | "notFound" | "ended";

/** Everything the stage shows. */
export interface View {
  readonly screen: Screen;
  readonly connection: Connection;
  readonly problem: string | undefined;
  readonly name: string;
  readonly joinUrl: string | undefined;
  readonly page: string;
  readonly isWaiting: boolean;
  readonly title: string | undefined;
  readonly subtitle: string | undefined;
  /** The buttons that the session was opened with. */
  readonly reactions: readonly string[];
  /** It was opened to take anything. */
  readonly isOpenAtStart: boolean;
  readonly pages: Pages;
  readonly total: number;
  readonly people: number;
  readonly timeline: Timeline;
  /** The clock of the timeline, in milliseconds since 1970. */
  readonly now: number;
}

export const view = createStore<View>({
  screen: "connecting",
  connection: "connecting",
  problem: undefined,
  name: "",
  joinUrl: undefined,
  page: "0",
  isWaiting: true,
  title: undefined,
  subtitle: undefined,
  reactions: DEFAULT_REACTIONS,
  isOpenAtStart: false,
  pages: {},
  total: 0,
  people: 0,
  timeline: emptyTimeline(Date.now()),
  now: Date.now(),
});
