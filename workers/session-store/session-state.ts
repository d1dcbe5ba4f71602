import { isOfGeneration, isOverlay } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import { Session } from "../lib/session.ts";
import { KEY_REVOKED, SENT_OUT } from "./refusals.ts";
import type { DeckState, Facts, SessionUpdate } from "./room-message.ts";
import type { SyncStorage } from "./sync-storage.ts";

/** How the session differs from what it was: whoever changed it hands this to the `Announcer`, which tells everybody. */
export interface StateChange {
  /** The facts before it; undefined where the session was not known. */
  readonly before: Facts | undefined;
  readonly isNewDeck: boolean;
  /** A new epoch: everything that was counted before is gone. */
  readonly isRestart: boolean;
}

/** Stands for one moment of a room: see `isCurrent`. */
export interface Moment {
  readonly erasings: number;
  readonly epoch: number;
}

/** Facts without the number that `SessionState` gives them. */
export type NewFacts = Omit<Facts, "revision">;

/**
 * What one room knows of its session: the facts, where the deck is, and which pages it has shown. Kept in
 * storage first, then in memory. The root changes it, every other room takes it over from its parent.
 */
export class SessionState {
  readonly #storage: SyncStorage;
  #facts: Facts | undefined;
  #deck: DeckState | undefined;
  #shown: ReadonlySet<string> = new Set();
  #erasings = 0;

  constructor(storage: SyncStorage) {
    this.#storage = storage;
  }

  /**
   * Reads what an earlier life of the room has kept.
   * @param listShown the pages shown, where they were stored before there was a list of them
   */
  load(listShown: (deck: DeckState) => Iterable<string>): void {
    this.#facts = readFacts(this.#storage.get<Facts>("facts"));
    this.#deck = this.#storage.get<DeckState>("live");
    const shown = this.#storage.get<string[]>("shown") ?? (this.#deck ? listShown(this.#deck) : []);
    this.#shown = new Set(shown);
  }

  get facts(): Facts | undefined {
    return this.#facts;
  }

  get deck(): DeckState | undefined {
    return this.#deck;
  }

  get shown(): ReadonlySet<string> {
    return this.#shown;
  }

  /** 0 while there is no session. */
  get epoch(): number {
    return this.#deck?.epoch ?? 0;
  }

  /** All of it, for the rooms below; undefined while there is no session. */
  get update(): SessionUpdate | undefined {
    if (!this.#facts || !this.#deck) return undefined;
    return { facts: this.#facts, deck: this.#deck, shown: [...this.#shown] };
  }

  /** Another text whenever anything of it has changed. */
  get fingerprint(): string {
    return `${this.epoch} ${this.#deck?.version} ${this.#facts?.revision} ${this.#shown.size}`;
  }

  /** Taken before something that waits; afterwards `isCurrent` tells whether the session is still the same. */
  capture(): Moment {
    return { erasings: this.#erasings, epoch: this.epoch };
  }

  /** Neither restarted nor erased since then. */
  isCurrent({ erasings, epoch }: Moment): boolean {
    return erasings === this.#erasings && epoch === this.epoch;
  }

  /** Not erased since then. */
  isSameSession({ erasings }: Moment): boolean {
    return erasings === this.#erasings;
  }

  /** Why this name is refused: it was given before everybody was sent out, or is an overlay's whose key was revoked. */
  refuseName(participant: string | undefined): Refusal | undefined {
    if (participant === undefined) return undefined;
    if (!isOfGeneration(participant, this.#facts?.generation ?? 0)) return SENT_OUT;
    if (!isOverlay(participant)) return undefined;
    return this.#facts?.overlays?.some((each) => each.participant === participant) ? undefined : KEY_REVOKED;
  }

  /** Root: the session begins. */
  begin(facts: NewFacts, epoch: number, now: number): DeckState {
    this.#keepFacts(facts, now);
    return this.#keepDeck({ epoch, version: 0, page: "0", state: "init", at: now }, ["0"]);
  }

  /** Root: facts have changed. */
  change(change: Partial<NewFacts>, now: number): StateChange {
    const before = this.#facts;
    if (before) this.#keepFacts({ ...before, ...change }, now);
    return { before, isNewDeck: false, isRestart: false };
  }

  /** Root: the deck is somewhere else. */
  show(deck: DeckState, page: string, state: string, now: number): StateChange {
    this.#keepDeck(
      { epoch: deck.epoch, version: deck.version + 1, page, state, at: now },
      this.#listShown(page),
    );
    return { before: this.#facts, isNewDeck: true, isRestart: false };
  }

  /** Root: the session begins again, empty. */
  restart(deck: DeckState, facts: Partial<NewFacts>, now: number): StateChange {
    const { before } = this.change(facts, now);
    const epoch = Math.max(deck.epoch + 1, now);
    this.#keepDeck({ epoch, version: deck.version + 1, page: "0", state: "init", at: now }, ["0"]);
    return { before, isNewDeck: true, isRestart: true };
  }

  /** Takes over what the parent says, as far as it is newer. Undefined when it is of the time before a restart. */
  adopt({ facts, deck, shown = [deck.page] }: SessionUpdate): StateChange | undefined {
    const [before, known] = [this.#facts, this.#deck];
    if (known && deck.epoch < known.epoch) return undefined;
    if (facts.revision > (before?.revision ?? 0)) {
      this.#storage.put("facts", facts);
      this.#facts = readFacts(facts);
    }
    const isRestart = known !== undefined && deck.epoch > known.epoch;
    const isNewDeck = !known || isRestart || deck.version > known.version;
    // A room that stored this very state before there was a list of pages has the list from here.
    const hasMorePages = deck.version === known?.version && shown.length > this.#shown.size;
    if (isNewDeck || hasMorePages) this.#keepDeck(deck, shown);
    return { before, isNewDeck, isRestart };
  }

  /** There is no session any more, as far as memory goes: storage is emptied by whoever erases the room. */
  clear(): void {
    this.#facts = undefined;
    this.#deck = undefined;
    this.#shown = new Set();
    this.#erasings++;
  }

  #keepFacts(facts: NewFacts, now: number): void {
    const kept = { ...facts, revision: Math.max((this.#facts?.revision ?? 0) + 1, now) };
    this.#storage.put("facts", kept);
    this.#facts = kept;
  }

  #keepDeck(deck: DeckState, shown: readonly string[]): DeckState {
    this.#storage.put("live", deck);
    if (shown.length !== this.#shown.size || deck.epoch !== this.#deck?.epoch) {
      this.#storage.put("shown", shown);
      this.#shown = new Set(shown);
    }
    this.#deck = deck;
    return deck;
  }

  /** The pages that were shown, this one among them. */
  #listShown(page: string): readonly string[] {
    const shown = [...this.#shown];
    return this.#shown.has(page) || shown.length >= LIMITS.shownPages ? shown : [...shown, page];
  }
}

/** A field that is younger than what was stored has its default. */
const readFacts = (facts: Facts | undefined): Facts | undefined =>
  facts && {
    ...facts,
    generation: facts.generation ?? 0,
    session: Session.parse(facts.session),
    rules: HostRules.parse(facts.rules),
  };
