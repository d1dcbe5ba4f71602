import type { Happening } from "../lib/room-event.ts";
import { CoHostList, REMOVED } from "./co-host-list.ts";
import { Door } from "./door.ts";
import { KindAdmissions } from "./interactions/reaction/kind-admissions.ts";
import { findOffered } from "./interactions/reaction/offer.ts";
import { Names } from "./names.ts";
import { Overlays } from "./overlays.ts";
import { PeopleCurve } from "./people-curve.ts";
import type { Pipes } from "./pipes.ts";
import type { RoomSettings } from "./room-name.ts";
import { SessionCommands } from "./session-commands.ts";
import { SessionExpiry } from "./session-expiry.ts";
import { SessionHistory } from "./session-history.ts";
import type { SessionState, StateChange } from "./session-state.ts";
import { OLD_HOST, TalkTokens } from "./talk-tokens.ts";

interface SessionPartsOptions {
  readonly storage: Pick<DurableObjectStorage, "kv" | "sql">;
  readonly settings: RoomSettings;
  readonly state: SessionState;
  readonly pipes: Pipes;
  /** Tells everybody how the session has changed. */
  readonly announce: (change: StateChange) => void;
  /** It is an event, where somebody watches. */
  readonly note: (happening: Happening) => void;
  /** Whether all rooms have said what they have; and asks those that have not. */
  readonly isComplete: () => boolean;
  readonly becomeComplete: () => Promise<void>;
  /** People with an open pipe, everywhere. */
  readonly countPeople: () => number;
}

/** What makes a room the session: who comes in, who hosts, its course, its end. Every room has these, and the root alone asks them. */
export class SessionParts {
  readonly history: SessionHistory;
  readonly coHosts: CoHostList;
  readonly tokens: TalkTokens;
  readonly overlays: Overlays;
  readonly names: Names;
  readonly expiry: SessionExpiry;
  readonly door: Door;
  readonly commands: SessionCommands;
  readonly admissions: KindAdmissions;
  readonly peopleCurve: PeopleCurve;

  constructor(options: SessionPartsOptions) {
    const { storage, settings, state, pipes, announce, note, isComplete, becomeComplete, countPeople } =
      options;
    this.history = new SessionHistory(storage.sql);
    this.coHosts = new CoHostList(storage.kv);
    this.tokens = new TalkTokens({
      kv: storage.kv,
      coHosts: this.coHosts,
      dismiss: (isOut) => {
        const hosts = [...pipes.participants].filter(isOut);
        for (const host of hosts) pipes.closeOf(host, { type: "error", ...OLD_HOST });
      },
    });
    this.overlays = new Overlays({ state, coHosts: this.coHosts, announce });
    this.names = new Names(storage.sql);
    this.expiry = new SessionExpiry(storage.kv);
    this.door = new Door({
      storage: storage.kv,
      sql: storage.sql,
      state,
      capacity: settings.ROOM_CAPACITY,
      placeMs: settings.PLACE_SECONDS * 1000,
      hasHosts: () => pipes.hasHosts,
      say: (message) => pipes.broadcast("host", [message]),
    });
    this.commands = new SessionCommands({
      state,
      door: this.door,
      coHosts: this.coHosts,
      tokens: this.tokens,
      history: this.history,
      expiry: this.expiry,
      announce,
      note,
      sayDriver: (driver) => pipes.broadcast("host", [{ type: "driver", driver }]),
      dismiss: (coHost) =>
        pipes.closeOf(coHost, { type: "error", ...REMOVED, detail: "the host has removed you" }),
    });
    this.admissions = new KindAdmissions(
      (page, reaction) => findOffered(state, page, reaction) !== undefined,
    );
    this.peopleCurve = new PeopleCurve({
      history: this.history,
      isSession: () => state.deck !== undefined,
      isComplete,
      becomeComplete,
      countPeople,
    });
  }
}
