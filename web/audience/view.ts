import type { FC } from "hono/jsx";
import type { Connection } from "../client/session.ts";
import type { PhoneStatus } from "../interactions/slots.ts";
import { createStore, type Store } from "../ui/store.ts";

/** Which of the phone's few pages is shown. */
export type Screen =
  | "noSession"
  | "connecting"
  | "session"
  | "notFound"
  | "wrongCode"
  | "tooManyCodes"
  | "ended"
  | "full"
  | "crowded"
  | "waiting"
  | "sentOut"
  | "failed";

/** What the phone itself shows; the interactions show the rest. */
export interface View extends PhoneStatus {
  readonly screen: Screen;
  readonly connection: Connection;
  /** Of the session. */
  readonly name: string;
  readonly sessionUid: string;
  /** When it is planned to start, in milliseconds since 1970; `null`: nobody has said. */
  readonly startsAt: number | null;
  /** What says so: loaded where it is known, and the talk has not begun. */
  readonly Start: FC<{ children?: unknown }> | undefined;
  /** Leads here for as long as the session is remembered. */
  readonly link: string;
  /** The shortest link that leads others here now. */
  readonly joinUrl: string;
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
  /** This person is behind the tab. */
  readonly isTabOpen: boolean;
  /** Meanwhile something else has come to the top. */
  readonly isMissed: boolean;
  readonly people: number;
  /** What a screen reader is told next. */
  readonly announcement: string;
}

export const createView = (): Store<View> =>
  createStore<View>({
    screen: "connecting",
    connection: "connecting",
    name: "",
    sessionUid: "",
    startsAt: null,
    Start: undefined,
    link: "",
    joinUrl: "",
    page: "0",
    isWaiting: true,
    title: undefined,
    subtitle: undefined,
    isPaused: false,
    slidesUrl: undefined,
    areSlidesOpen: false,
    isTabOpen: false,
    isMissed: false,
    people: 0,
    announcement: "",
  });
