import { toRecord } from "../client/record.ts";
import type { Connection } from "../client/session.ts";
import { DEFAULT_REACTIONS } from "../ui/reactions.ts";
import { createStore } from "../ui/store.ts";

/** Which of the phone's few pages is shown. */
export type Screen =
  | "noSession"
  | "connecting"
  | "session"
  | "notFound"
  | "ended"
  | "full"
  | "crowded"
  | "sentOut"
  | "failed";

/** Everything the phone shows. */
export interface View {
  readonly screen: Screen;
  readonly connection: Connection;
  /** Of the session. */
  readonly name: string;
  readonly page: string;
  /** Its host has not said anything yet. */
  readonly isWaiting: boolean;
  readonly title: string | undefined;
  readonly subtitle: string | undefined;
  readonly isPaused: boolean;
  /** Where the slides themselves are, following the speaker. */
  readonly slidesUrl: string | undefined;
  /** This person has asked for them: they stand above the buttons. */
  readonly areSlidesOpen: boolean;
  /** The host takes no reactions at the moment, or none of this person's. */
  readonly isQuiet: boolean;
  readonly isBlocked: boolean;
  readonly reactions: readonly string[];
  /** Of this page, own taps included. */
  readonly counts: Readonly<Record<string, number>>;
  /** Own taps on this page, by reaction. */
  readonly taps: Readonly<Record<string, number>>;
  readonly people: number;
  /** Own taps that are not confirmed. */
  readonly pending: number;
  /** Something that went wrong and was said once. */
  readonly trouble: string | undefined;
  /** What a screen reader is told next. */
  readonly announcement: string;
}

export const view = createStore<View>({
  screen: "connecting",
  connection: "connecting",
  name: "",
  page: "0",
  isWaiting: true,
  title: undefined,
  subtitle: undefined,
  isPaused: false,
  slidesUrl: undefined,
  areSlidesOpen: false,
  isQuiet: false,
  isBlocked: false,
  reactions: DEFAULT_REACTIONS,
  counts: toRecord([]),
  taps: toRecord([]),
  people: 0,
  pending: 0,
  trouble: undefined,
  announcement: "",
});
