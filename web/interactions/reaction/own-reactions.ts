import { DEFAULT_REACTIONS } from "../../../shared/interactions/reaction/reaction.ts";
import { toRecord } from "../../client/record.ts";
import type { OwnReaction, RevintError } from "../../client/session.ts";
import { createStore } from "../../ui/store.ts";
import type { Phone } from "../slots.ts";
import { CountAnnouncer } from "./count-announcer.ts";
import { nameReaction } from "./face.tsx";
import { listButtons, listOfferedAtStart } from "./offer.ts";
import { OwnTaps } from "./own-taps.ts";
import { phone as words } from "./words/en.ts";

/** A kept tap is looked after again this soon, in milliseconds. */
const SETTLE_MS = 1000;
/** Trouble is shown this long, in milliseconds. */
const TROUBLE_MS = 6000;

/** What the buttons show. */
interface Buttons {
  readonly page: string;
  readonly reactions: readonly string[];
  /** Of this page, own taps included. */
  readonly counts: Readonly<Record<string, number>>;
  /** Own taps on this page, by reaction. */
  readonly taps: Readonly<Record<string, number>>;
  /** The host takes no reactions at the moment. */
  readonly isQuiet: boolean;
}

/** One person's reactions: what they may send, what they have sent, and what became of it. */
export class OwnReactions {
  readonly buttons = createStore<Buttons>({
    page: "0",
    reactions: DEFAULT_REACTIONS,
    counts: toRecord([]),
    taps: toRecord([]),
    isQuiet: false,
  });
  readonly #phone: Phone;
  readonly #taps = new OwnTaps();
  readonly #announcer: CountAnnouncer;
  #isBlocked = false;
  #trouble: string | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #troubled: ReturnType<typeof setTimeout> | undefined;

  constructor(phone: Phone) {
    const { session } = phone;
    this.#phone = phone;
    this.#announcer = new CountAnnouncer((text) => phone.announce(text));
    for (const reaction of session.pending) this.#taps.add(reaction);
    session.on("state", () => this.#showOffer());
    session.on("totals", () => this.#count());
    session.on("kept", (reaction) => this.#keep(reaction));
    session.on("rules", ({ paused }) => {
      this.#showOffer();
      if (paused) phone.announce(words.quiet);
    });
    session.on("refused", ({ reaction, error }) => this.#refuse(reaction, error));
    session.on("unconfirmed", (lost) => this.#lose(lost, words.unconfirmed(lost.length)));
    this.#showCounts();
  }

  /** On the page that is shown, whatever the deck does in this very moment. */
  react(reaction: string): void {
    const { page, taps } = this.buttons.get();
    this.#taps.add(this.#phone.session.react(page, reaction));
    this.buttons.set({ taps: toRecord([...Object.entries(taps), [reaction, (taps[reaction] ?? 0) + 1]]) });
    this.#showCounts();
    this.#phone.announce(words.sent(nameReaction(reaction)));
  }

  #showOffer(): void {
    const { state, info, rules } = this.#phone.session;
    if (!state) return;
    const { page } = state;
    const isNew = page !== this.buttons.get().page;
    this.buttons.set({
      page,
      reactions: listButtons(listOfferedAtStart(info), rules, page),
      isQuiet: rules.paused,
      ...(isNew && { taps: toRecord([]) }),
    });
    this.#showCounts();
    if (isNew) this.#announcer.startOver(this.#total());
  }

  #refuse(reaction: OwnReaction, { code }: RevintError): void {
    if (code === "blocked") this.#isBlocked = true;
    const isKnown = code === "blocked" || code === "reactions_paused";
    this.#lose([reaction], isKnown ? undefined : words.refused);
  }

  #keep(reaction: OwnReaction): void {
    this.#isBlocked = false;
    this.#taps.keep(reaction, performance.now());
    this.#showCounts();
    this.#settle();
  }

  #lose(lost: readonly OwnReaction[], trouble: string | undefined): void {
    for (const reaction of lost) this.#taps.drop(reaction);
    this.#trouble = trouble;
    this.#showCounts();
    clearTimeout(this.#troubled);
    this.#troubled = setTimeout(() => {
      this.#trouble = undefined;
      this.#report();
    }, TROUBLE_MS);
  }

  #count(): void {
    this.#taps.count(this.#phone.session.totals.pages, performance.now());
    this.#showCounts();
    this.#settle();
  }

  /** Only while a tap waits for the counts to include it. */
  #settle(): void {
    if (this.#settling !== undefined || !this.#taps.isSettling) return;
    this.#settling = setTimeout(() => {
      this.#settling = undefined;
      this.#count();
    }, SETTLE_MS);
  }

  #showCounts(): void {
    this.buttons.set({ counts: this.#taps.list(this.buttons.get().page) });
    this.#announcer.count(this.#total());
    this.#report();
  }

  #report(): void {
    const waiting = this.#phone.session.pending.length;
    this.#phone.report({
      trouble: this.#trouble,
      kept: waiting > 0 ? words.kept(waiting) : undefined,
      closed: this.buttons.get().isQuiet ? words.quiet : this.#isBlocked ? words.blocked : undefined,
    });
  }

  #total(): number {
    return Object.values(this.buttons.get().counts).reduce((sum, count) => sum + count, 0);
  }
}
