import { createStore, type Store } from "../ui/store.ts";
import type { StageSession } from "./stage-session.ts";

export type Screen = "noSession" | "ask" | "connecting" | "stage" | "failed" | "notFound" | "ended";

/** Where the stage is on its way into the session. */
export interface View {
  readonly screen: Screen;
  readonly problem: string | undefined;
  /** The session, once it is open. */
  readonly stage: StageSession | undefined;
}

export const createView = (): Store<View> =>
  createStore<View>({ screen: "connecting", problem: undefined, stage: undefined });
