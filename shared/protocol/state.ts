import type { Done } from "./session.ts";

/** `POST …/state` */
export interface NewState {
  readonly page: string;
  readonly state: string;
}

/** Grows with every change of the state. */
export interface StateVersion {
  readonly version: number;
}

/** Where the deck is. Until its host says otherwise, page "0" and state "init". */
export interface State {
  readonly page: string;
  readonly state: string;
  readonly version: number;
}

/** The state, and where to reach the session: the answer to someone who has just come in. */
export interface StateView extends State {
  readonly apiUrl: string;
  readonly webUiUrl: string;
  readonly wsUrl?: string | undefined;
}

export interface SetStateAnswer extends Done, StateVersion {}

/** `GET …/state`: `uid` is the sessionUid, `token` the caller's own. */
export interface StateAnswer extends StateView {
  readonly token: string;
  readonly uid: string;
}
