import type { FC } from "hono/jsx";
import type { Activity, LiveActivity, NewActivity } from "../../shared/interactions/activity/activity.ts";
import type { Ranking } from "../../shared/interactions/activity/ranking.ts";
import type { Tally } from "../../shared/interactions/activity/tally.ts";
import type { LiveQuestion, Question } from "../../shared/interactions/question/question.ts";
import type { Rules } from "../../shared/protocol/rules.ts";
import type { PublicSession } from "../../shared/protocol/session.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import type { Fields } from "../client/fields.ts";
import type { HostSession, RevintError, Session, UserSession } from "../client/session.ts";
import type { Action } from "../ui/action.ts";
import type { Store } from "../ui/store.ts";
import type { Timeline } from "../ui/timeline.ts";

/*
 * A page is composed of slots: places that every interaction may fill. What a page gives and what it takes is said
 * here, one slot for each place there is; who fills it is listed beside this file, in one of the place's own name. A page knows no interaction by name, and an interaction no page.
 */

/** The phone page. Called once for a session, which it follows from now on. */
export type PhoneSlot = (phone: Phone) => PhoneParts;

export interface PhoneParts {
  /** Above the slide, as long as there is something that comes first. */
  readonly Top?: FC;
  /** Below the slide, at the lower edge of the screen. It stays there, whatever stands above. */
  readonly Bottom?: FC;
}

export interface Phone {
  readonly session: UserSession;
  /** Has a screen reader say it. */
  announce(text: string): void;
  /** What the phone says of this interaction from now on, beside what it shows itself. */
  report(status: PhoneStatus): void;
}

export interface PhoneStatus {
  /** Something that has just gone wrong. */
  readonly trouble?: string | undefined;
  /** Without a connection: what is sent once it is back. */
  readonly kept?: string | undefined;
  /** Why this person can't take part at the moment. */
  readonly closed?: string | undefined;
  /** The words that stand on top: a slide whose title they are need not say them again. */
  readonly heading?: string | undefined;
  /** A page of its own beside all that: the phone has room for one. */
  readonly tab?: PhoneTab | undefined;
}

/** What a phone shows behind a tab. */
export interface PhoneTab {
  readonly name: string;
  /** How much of it is new to this person. */
  readonly news: number;
  /** It is there as long as the tab is open. */
  readonly Panel: FC;
}

/** The stage. Called once for a session, which it follows from now on. */
export type StageSlot = (stage: Stage) => StageParts;

export interface Stage {
  readonly session: HostSession;
  readonly facts: PublicSession;
  /** How what the host has asked for goes, whoever did it for them. */
  readonly action: Store<Action>;
  /**
   * Does what the host asks for, one thing at a time.
   * @param nameProblem what to tell when it fails, where there is more to say than that it did
   * @returns once it is done, or has failed
   */
  act(does: () => Promise<void>, nameProblem?: (error: RevintError) => string | undefined): Promise<void>;
  /** Asks the host something first; `undefined`: they have answered. */
  ask(question: FC | undefined): void;
  /** The large place of the board. */
  readonly spotlight: Store<Spotlight>;
  /** What the stage says of this interaction from now on. */
  report(status: StageStatus): void;
}

/** One thing at a time is large on the board: what was put there last. */
export interface Spotlight {
  /** Who has put something there; others take theirs away. */
  readonly holder: object | undefined;
}

export interface StageStatus {
  /** How much there is that the host may want to look at now. */
  readonly due?: number;
  /** What the room should know, beside the talk's name. */
  readonly note?: string | undefined;
}

export interface StageParts {
  /** A figure beside the number of people. */
  readonly Figure: FC;
  /** Cards of the board, which the room may see. */
  readonly Board: FC;
  /** Sections of the controls, for whoever may put something to the room: the host, and presenters. */
  readonly Asking?: FC;
  /** Sections of the controls, for a host who may moderate. */
  readonly Controls: FC;
  /**
   * The session begins anew, or everybody was sent out: what was done to single people is undone.
   * @param isEmptied nothing is left of what was counted
   */
  startOver(isEmptied: boolean): void;
}

/** The console, where a host prepares a talk. */
export interface HostSlot {
  /** A form, in front of what is saved with the talk already. */
  readonly Preparing: FC<{ preparation: Preparation }>;
}

export interface Preparation {
  /** Something is on its way, and nothing else may begin. */
  readonly isBusy: boolean;
  /** Saves it with the talk. The console tells what goes wrong. @returns whether it is saved */
  save(activity: NewActivity & { readonly id: string }): Promise<boolean>;
}

/** A deck that leads or follows. */
export interface DeckSlot {
  /** In the overlay, beside the join code. */
  readonly Card: FC<{ view: DeckView }>;
  /** In a slide, where its author has left an element for it: one with the attribute `data-revint-…` and this name. */
  readonly place: string;
  readonly Slide: FC<{ view: DeckView }>;
  /** What the speaker should know now. */
  getMark(view: DeckView): string | undefined;
  /** What rises inside `space` as people take part. Called once for a deck. */
  createFloats(space: HTMLElement): Floats;
}

/** In the line that only the speaker sees, in the speaker view. */
export type SpeakerSlot = FC<{ view: DeckView }>;

export interface Floats {
  /** What has been counted by now; the first time only tells where the counts stand. @param isShown whether anything may rise */
  update(totals: DeckView["totals"], isShown: boolean): void;
}

/** What a deck knows of its session. */
export interface DeckView {
  /** The page that is shown. */
  readonly page: string;
  /** What the session offers from its start, and what its host lets people send now. */
  readonly reactions: readonly string[];
  readonly rules: Rules;
  readonly totals: { readonly pages: Pages };
}

/**
 * What a deck does for an interaction besides: it lies in a file of its own, which only decks load whose slides ask for
 * it. Called once for a deck, when its slides are there.
 */
export type DeckExtra = (stage: DeckStage) => DeckActor;

/** What a deck shows besides, where its slides ask for it. */
export interface DeckExtras {
  /** As far as this deck has heard of them; a leading one hears of all. */
  readonly activities: readonly LiveActivity[];
  /** Of the present round, by activity; a leading deck has also those that nobody is to see yet. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Of the round before. */
  readonly earlier: Readonly<Record<string, Tally>>;
  /** What the service has told when it was asked: for those of which nothing was heard since. */
  readonly told: readonly Activity[];
  /** Who is best in the quiz; undefined as long as nothing of it was revealed, and no slide has asked for it. */
  readonly ranking: Ranking | undefined;
  /** What the room has asked and everybody may read, in its order; undefined as long as nobody can ask. */
  readonly questions: readonly LiveQuestion[] | undefined;
  /** How far the service's clock is ahead of this computer's, in milliseconds. */
  readonly ahead: number;
  /** What the author of these slides should correct, a sentence each. */
  readonly advice: readonly string[];
  /** What of it concerns the slide that is shown. */
  readonly hint: string | undefined;
}

/** A deck as an interaction finds it. */
export interface DeckStage {
  readonly apiUrl: string;
  readonly slides: HTMLElement;
  readonly store: Store<DeckExtras>;
  /** The page of an element's slide; undefined for one that is on none. */
  getPageOf(element: HTMLElement): string | undefined;
  /** The slide that is shown; none in the overview. */
  getSlide(): HTMLElement | undefined;
  goTo(slide: HTMLElement): void;
  /** With the plugin's own styles. */
  createShadow(host: HTMLElement): ShadowRoot;
  /** Makes what is drawn in these elements as large as fits onto their slides. */
  fit(elements: readonly HTMLElement[]): void;
}

export interface DeckActor {
  /** From now on the deck is part of this session. @returns what ends that */
  attend(part: DeckPart): () => void;
  /** A key was pressed that has this name. */
  press(key: string): void;
  /** The deck may show something else. */
  move(): void;
  /** Draws into the slides: once more after reveal.js has made them anew. */
  fill(): void;
  /** Shows what this tab has seen last, of this session where one is named. @returns whether it has seen anything */
  recall(sessionUid: string | undefined): boolean;
  /** Shows what the service tells. Resolves once it has. */
  show(told: Told): Promise<void>;
}

/** What the service tells of a session that may be over. */
export interface Told {
  readonly activities: readonly Activity[];
  readonly questions: readonly LiveQuestion[];
  readRanking(activity: string): Promise<Ranking>;
}

export interface DeckPart {
  readonly session: Session;
  /** The same, where this deck leads it. */
  readonly host: HostSession | undefined;
  getSessionUid(): string | undefined;
}

/** Something that the overlay in a stream shows. */
export interface OverlaySlot {
  /** What the address calls it, where it says what is shown. */
  readonly name: string;
  /** In the air, beside the number of people, or on a plate of its own. */
  readonly place: "air" | "figures" | "plates";
  /** Called once for a session, which it follows from now on. Where there is nothing to show, it draws nothing. */
  create(session: OverlaySession): FC;
}

export type OverlaySession = Session & Pick<UserSession, "info">;

/** The results of a session. */
export interface ResultsSlot {
  listFigures(results: Results): readonly Figure[];
  /** Sections of the page: on paper, all of them share one sheet. */
  readonly Sections: FC<{ results: Results }>;
  /** Sections that take sheets of their own on paper. */
  readonly Sheets?: FC<{ results: Results }>;
}

export type Figure = readonly [name: string, value: string];

export interface Results {
  /** What the session offered from its start. */
  readonly offered: readonly string[];
  readonly timeline: Timeline;
  /** Read by a host or a co-host, who may see what the audience may not yet. */
  readonly isHost: boolean;
  /** Asks the service for more: what stands behind the session's path. @throws RevintError */
  read(what: string): Promise<Fields>;
  /** What the room was asked, as far as it may be seen. */
  readonly activities: readonly Activity[];
  /** What the room has asked, as far as it may be seen. */
  readonly questions: readonly Question[];
  readonly totals: { readonly pages: Pages; readonly total: number; readonly participants: number };
}
