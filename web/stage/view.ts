import type { HostPass } from "../ui/host-pass.ts";
import { createStore, type Store } from "../ui/store.ts";
import type { StageSession } from "./stage-session.ts";

export type Screen =
  | "noSession"
  | "notStarted"
  | "ask"
  | "connecting"
  | "stage"
  | "failed"
  | "notFound"
  | "ended";

/** Where the stage is on its way into the session. */
export interface View {
  readonly screen: Screen;
  readonly problem: string | undefined;
  /** The host token of a session that nobody has started yet. */
  readonly unstarted: HostPass | undefined;
  /** The session, once it is open. */
  readonly stage: StageSession | undefined;
}

export const createView = (): Store<View> =>
  createStore<View>({ screen: "connecting", problem: undefined, unstarted: undefined, stage: undefined });
