import type { CoHost, NewCoHost } from "../../shared/protocol/co-host.ts";
import {
  createParticipant,
  createRandom,
  getRoom,
  isOfGeneration,
  isPerson,
  LAST_GENERATION,
} from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import { changeRules, type RulesChange } from "../../shared/protocol/rules.ts";
import { SESSION_DEFAULTS } from "../../shared/protocol/session.ts";
import type { NewState } from "../../shared/protocol/state.ts";
import type { Actor } from "../lib/actor.ts";
import type { ExportLease } from "../lib/export-order.ts";
import type { History } from "../lib/history.ts";
import type { CurrentToken } from "../lib/host-talk.ts";
import type { Happening } from "../lib/room-event.ts";
import { type OpenedSession, type OpenSession, Session } from "../lib/session.ts";
import type { CoHostList } from "./co-host-list.ts";
import type { Door } from "./door.ts";
import { ExportLeases } from "./export-leases.ts";
import { HostRights } from "./host-rights.ts";
import type { ClaimAnswer } from "./place-claims.ts";
import { NOT_FOUND, NOT_PUBLIC } from "./refusals.ts";
import type { SessionExpiry } from "./session-expiry.ts";
import type { SessionHistory } from "./session-history.ts";
import type { SessionState, StateChange } from "./session-state.ts";
import type { TalkTokens } from "./talk-tokens.ts";

interface SessionCommandsOptions {
  readonly state: SessionState;
  readonly door: Door;
  readonly coHosts: CoHostList;
  readonly tokens: TalkTokens;
  readonly history: SessionHistory;
  readonly expiry: SessionExpiry;
  /** Tells everybody, here and below, what has changed. It is kept by then. */
  readonly announce: (change: StateChange) => void;
  /** It is an event, where somebody watches. */
  readonly note: (happening: Happening) => void;
  /** Tells every host who drives. */
  readonly sayDriver: (driver: string) => void;
  /** Closes the pipes of somebody whose invitation was taken back. */
  readonly dismiss: (coHost: string) => void;
}

/**
 * What is done to a session as a whole: opening, joining, driving, rules, ending. Each command is one turn: it
 * decides, keeps, and tells, and nothing comes in between. Of the root alone.
 */
export class SessionCommands {
  readonly #options: SessionCommandsOptions;
  readonly #state: SessionState;
  readonly #rights: HostRights;
  #exports = new ExportLeases();

  constructor(options: SessionCommandsOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#rights = new HostRights(options.state, options.coHosts);
  }

  /** Creates the session, or resumes it with new facts; `restart` empties it and raises its epoch. */
  open({ session: given, restart, mustExist, token }: OpenSession): OpenedSession | Refusal {
    const { door, history, expiry, announce } = this.#options;
    const { facts: known, deck } = this.#state;
    if (!deck && mustExist) return NOT_FOUND;
    const refusal = token && this.#options.tokens.adopt(token);
    if (refusal) return refusal;
    // Whoever resumes a session changes what they say, and nothing else; but a userToken is said each time,
    // unless the session is named: who opens it beside its host, such as the stage, knows no userToken.
    const { userTokenHash, ...facts }: Partial<Session> = known?.session ?? {};
    const before = mustExist ? { ...facts, userTokenHash } : facts;
    const session = Session.parse({ ...SESSION_DEFAULTS, ...before, ...given });
    const now = Date.now();
    door.expect(session.expectedAudience);
    expiry.renew(session.retentionDays, now);
    const rules = HostRules.parse({});
    if (!deck) {
      // Epochs are times, so that one that was forgotten and started anew is newer than before.
      const first = this.#state.begin(
        { session, rules, blocked: [], endedAt: null, generation: 0 },
        now,
        now,
      );
      history.start(first);
      door.begin();
      return { session, resumed: false, endedAt: null, generation: 0, openedAt: first.epoch };
    }
    if (restart) {
      const change = this.#state.restart(deck, { session, rules, blocked: [], endedAt: null }, now);
      if (this.#state.deck) history.start(this.#state.deck);
      this.#exports = new ExportLeases();
      announce(change);
    } else announce(this.#state.change({ session }, now));
    const { endedAt = null, generation = 0 } = this.#state.facts ?? {};
    return { session, resumed: true, endedAt, generation, openedAt: this.#state.epoch };
  }

  /**
   * A name in a room for one more participant. Whoever comes back with the one they have keeps it.
   * @param known the participant's name of before
   */
  join(known?: string): { participant: string } | Refusal {
    const { facts } = this.#state;
    if (!facts) return NOT_FOUND;
    if (known !== undefined && isOfGeneration(known, facts.generation)) return { participant: known };
    const now = Date.now();
    const entered = this.#options.door.enter(facts, now);
    if (!("code" in entered)) this.#options.expiry.noteActivity(now);
    return entered;
  }

  /** Which of these participants of one room have a place; and who else in it has one, if that is asked for. */
  claimPlaces(participants: readonly string[], withOthers = false): ClaimAnswer {
    const { facts } = this.#state;
    if (!facts) return { placed: [], refusal: NOT_FOUND };
    return this.#options.door.claim(participants, facts, Date.now(), withOthers);
  }

  /** Sets page and state for everyone. Durable, and on its way to all, when it returns. */
  setState(actor: Actor, { page, state }: NewState): { version: number } | Refusal {
    const refusal = this.#rights.refuseActor(actor, ["presenter"]) ?? this.#rights.refuseDriver(actor);
    const before = this.#state.deck;
    if (refusal || !before) return refusal ?? NOT_FOUND;
    const change = this.#state.show(before, page, state, Date.now());
    const deck = this.#state.deck ?? before;
    this.#options.history.addState(deck);
    this.#options.announce(change);
    if (page !== before.page) this.#options.note({ event: "page", page });
    return { version: deck.version };
  }

  /** From now on `actor` drives the deck; the others hear it. */
  drive(actor: Actor): { driver: string } | Refusal {
    const refusal = this.#rights.refuseActor(actor, ["presenter"]);
    if (refusal) return refusal;
    const { coHosts, sayDriver } = this.#options;
    coHosts.drive(actor);
    sayDriver(coHosts.driver);
    return { driver: coHosts.driver };
  }

  /** Invites a co-host, and names them. */
  invite(actor: Actor, coHost: NewCoHost): { participant: string } | Refusal {
    const participant = createParticipant("host", 0, createRandom(), this.#state.facts?.generation);
    const refusal = this.#rights.refuseActor(actor, []) ?? this.#options.coHosts.add(participant, coHost);
    return refusal ?? { participant };
  }

  /** Takes an invitation back; the pipes of whoever had it are closed. */
  uninvite(actor: Actor, participant: string): Refusal | null {
    const refusal = this.#rights.refuseActor(actor, []);
    if (refusal) return refusal;
    const { coHosts, sayDriver, dismiss } = this.#options;
    const drove = coHosts.driver;
    coHosts.remove(participant);
    dismiss(participant);
    if (drove !== coHosts.driver) sayDriver(coHosts.driver);
    return null;
  }

  listCoHosts(actor: Actor): { coHosts: CoHost[] } | Refusal {
    return this.#rights.refuseActor(actor, []) ?? { coHosts: [...this.#options.coHosts.all] };
  }

  /**
   * Changes what is allowed, for everyone, and says it to everyone. After the end there is nothing to
   * allow any more but reading the results.
   */
  setRules(actor: Actor, change: RulesChange): HostRules | Refusal {
    const { facts } = this.#state;
    if (!facts) return NOT_FOUND;
    const refusal = this.#rights.refuseHost(actor, ["moderator"]);
    if (refusal) return refusal;
    const { endedAt, rules: before } = facts;
    const rules = changeRules(before, endedAt === null ? change : { publicResults: change.publicResults });
    this.#options.announce(this.#state.change({ rules }, Date.now()));
    return rules;
  }

  getRules(actor: Actor): HostRules | Refusal {
    const refusal = this.#rights.refuseHost(actor, ["moderator", "presenter"]);
    return refusal ?? this.#state.facts?.rules ?? NOT_FOUND;
  }

  /** Blocks a participant, or lets them in again. What they have sent is not this command's. */
  block(actor: Actor, participant: string, isBlocked: boolean): Refusal | undefined {
    const refusal = this.#rights.refuseActor(actor, ["moderator"]);
    const { facts } = this.#state;
    if (refusal || !facts) return refusal ?? NOT_FOUND;
    if (!isPerson(participant)) {
      return { code: "invalid_request", detail: "only one of the audience can be blocked" };
    }
    if (getRoom(participant) >= this.#options.door.rooms) {
      return { code: "invalid_request", detail: "nobody of this session has this name" };
    }
    const others = facts.blocked.filter((other) => other !== participant);
    if (isBlocked && others.length >= LIMITS.blocked) {
      return { code: "invalid_request", detail: `up to ${LIMITS.blocked} participants can be blocked` };
    }
    const blocked = isBlocked ? [...others, participant] : others;
    this.#options.announce(this.#state.change({ blocked }, Date.now()));
    return undefined;
  }

  /** Ends the session: pipes get `end`, nothing more is taken. Safe to repeat. */
  end(actor: Actor): Refusal | undefined {
    if (this.#state.facts && this.#state.facts.endedAt !== null) return undefined;
    const refusal = this.#rights.refuseActor(actor, []);
    if (refusal) return refusal;
    const now = Date.now();
    this.#options.announce(this.#state.change({ endedAt: now }, now));
    this.#options.note({ event: "ended" });
    return undefined;
  }

  /** Which token of its talk is good from now on. Where there is no session, whoever opens one says so. */
  setToken(token: CurrentToken): Refusal | undefined {
    return this.#state.facts ? this.#options.tokens.adopt(token) : undefined;
  }

  /** Why a talk's token is not good any more. */
  refuseToken(id: string): Refusal | undefined {
    return this.#state.facts ? this.#options.tokens.refuse(id) : undefined;
  }

  /** Everyone is sent out: their names, the co-hosts', overlays' keys and the userToken are worth nothing from now on. */
  revoke(): { generation: number } | Refusal {
    const { facts } = this.#state;
    if (!facts) return NOT_FOUND;
    const generation = facts.generation + 1;
    if (generation > LAST_GENERATION) {
      return { code: "invalid_request", detail: `a session can be revoked up to ${LAST_GENERATION} times` };
    }
    const { userTokenHash: _, ...session } = facts.session;
    this.#options.coHosts.removeAll();
    this.#options.door.sendOut();
    this.#options.announce(this.#state.change({ generation, session, overlays: [] }, Date.now()));
    return { generation };
  }

  /** The session's course, for those who may know it; `actor` is undefined for a user. */
  readHistory(actor: Actor | undefined, user?: string): Omit<History, "rounds"> | Refusal {
    const { facts } = this.#state;
    if (!facts) return NOT_FOUND;
    const refusal = actor
      ? this.#rights.refuseHost(actor, ["presenter", "moderator"])
      : this.#refuseReader(user);
    if (refusal) return refusal;
    const { history, door } = this.#options;
    const { rules, endedAt } = facts;
    return { ...history.read(), rooms: door.rooms, endedAt, publicResults: rules.publicResults };
  }

  /** A place for a user who wants to read every reaction, and up to when. */
  takeExport(user: string): ExportLease | Refusal {
    if (!this.#state.facts) return NOT_FOUND;
    return this.#refuseReader(user) ?? this.#exports.take(Date.now());
  }

  /** They are still reading. */
  renewExport(lease: string): Refusal | null {
    return this.#exports.renew(lease, Date.now());
  }

  endExport(lease: string): void {
    this.#exports.end(lease);
  }

  #refuseReader(user: string | undefined): Refusal | undefined {
    const isPublic = this.#state.facts?.rules.publicResults;
    return this.#state.refuseName(user) ?? (isPublic ? undefined : NOT_PUBLIC);
  }
}
