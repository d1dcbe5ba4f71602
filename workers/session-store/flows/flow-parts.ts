import type { CoHostList } from "../co-host-list.ts";
import type { Activities } from "../interactions/activity/activities.ts";
import type { Questions } from "../interactions/question/questions.ts";
import type { Pipes } from "../pipes.ts";
import type { RoomCounts } from "../room-counts.ts";
import type { RoomSettings } from "../room-name.ts";
import type { SessionCommands } from "../session-commands.ts";
import type { SessionCounts } from "../session-counts.ts";
import type { SessionExpiry } from "../session-expiry.ts";
import type { SessionState, StateChange } from "../session-state.ts";
import type { SharedTimer } from "../shared-timer.ts";
import type { TreeParts } from "../tree-parts.ts";
import { DoneActions } from "./done-actions.ts";
import { RoomActions } from "./room-actions.ts";
import { type FlowStorage, SessionEvents } from "./session-events.ts";

interface FlowPartsOptions {
  readonly isRoot: boolean;
  readonly storage: FlowStorage;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly pipes: Pipes;
  readonly activities: Activities;
  readonly questions: Questions;
  readonly tree: TreeParts;
  readonly commands: SessionCommands;
  readonly totals: SessionCounts;
  readonly coHosts: CoHostList;
  readonly expiry: SessionExpiry;
  readonly settings: RoomSettings;
  readonly guard: () => void;
  readonly timer: SharedTimer;
  readonly announce: (change: StateChange) => void;
}

/** What whoever runs the flows of a session needs of its root: what happens, and what is to be done. Rooms know nothing of flows. */
export class FlowParts {
  readonly events: SessionEvents;
  readonly actions: RoomActions;
  readonly #done: DoneActions;

  constructor(options: FlowPartsOptions) {
    const { storage, settings, state, pipes, activities, questions, tree, commands, totals, coHosts } =
      options;
    this.#done = new DoneActions(storage.sql);
    this.events = new SessionEvents({
      isRoot: options.isRoot,
      storage,
      state,
      counts: options.counts,
      activities: activities.board,
      questions: questions.board,
      expiry: options.expiry,
      pace: { burst: settings.REACTIONS_BURST, perSecond: settings.REACTIONS_PER_SECOND },
      countPeople: () => tree.publisher.people,
      hasRoomsBelow: () => !tree.children.isEmpty,
      isComplete: () => tree.subtree.isComplete,
      becomeComplete: () => tree.subtree.becomeComplete(),
      guard: options.guard,
      announce: options.announce,
      timer: options.timer,
    });
    this.actions = new RoomActions({
      state,
      done: this.#done,
      events: this.events,
      commands,
      coHosts,
      setActivity: (actor, id, change) => activities.commands.setStatus(actor, id, change),
      end: (actor) => totals.end(actor),
      tellHosts: (message) => pipes.broadcast("host", [message]),
    });
  }

  /** A restart: what flows had done before is of another life. */
  startOver(): void {
    this.events.startOver();
    this.#done.startOver();
  }
}
