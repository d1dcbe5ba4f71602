import type { RecapStatus, WrittenStatement } from "../../shared/protocol/recap.ts";
import { type Action, IDLE } from "../ui/action.ts";
import type { HostRole } from "../ui/host-pass.ts";
import { createStore, type Store } from "../ui/store.ts";
import type { Draft } from "./draft.ts";

export type Screen =
  | "connecting"
  | "noSession"
  | "notFound"
  /** Nothing that whoever looks may read. */
  | "nothing"
  | "ask"
  | "failed"
  /** A host is in. */
  | "host";

/** What the host is asked before it is done. */
export type Question = "remake" | "erase";

/** Everything that the page says around the recap. */
export interface View extends Action {
  readonly screen: Screen;
  readonly role: HostRole | undefined;
  readonly status: RecapStatus;
  /** What the model has written so far of the version to come. */
  readonly written: readonly WrittenStatement[];
  /** What happens to it can't be followed at the moment. */
  readonly isBroken: boolean;
  readonly question: Question | undefined;
  /** What the host is writing. */
  readonly draft: Draft | undefined;
}

export const createView = (): Store<View> =>
  createStore<View>({
    ...IDLE,
    screen: "connecting",
    role: undefined,
    status: { status: "none" },
    written: [],
    isBroken: false,
    question: undefined,
    draft: undefined,
  });
