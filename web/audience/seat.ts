import { joinSession } from "../client/index.ts";
import { toRecord } from "../client/record.ts";
import type { Connection, OwnReaction, RevintError, UserSession } from "../client/session.ts";
import { isUntouched, readDeckState } from "../ui/deck-state.ts";
import { listOffered } from "../ui/offer.ts";
import { nameSlide } from "../ui/page-name.ts";
import { DEFAULT_REACTIONS, nameReaction } from "../ui/reactions.ts";
import { audience as words } from "../words/en.ts";
import { Announcer } from "./announcer.ts";
import { OwnTaps } from "./own-taps.ts";
import { writeSlidesUrl } from "./slides.ts";
import { type Screen, view } from "./view.ts";

/** A kept tap is looked after again this soon, in milliseconds. */
const SETTLE_MS = 1000;
/** Trouble is shown this long, in milliseconds. */
const TROUBLE_MS = 6000;

/** What is shown when it is over, and why. */
const ENDS = new Map<RevintError["code"], Screen>([
  ["session_not_found", "notFound"],
  ["session_ended", "ended"],
  ["not_participant", "sentOut"],
]);

/** One person's seat in a session: hears it into the view, and reacts. */
export class Seat {
  readonly #session: UserSession;
  readonly #taps = new OwnTaps();
  readonly #announcer = new Announcer((announcement) => view.set({ announcement }));
  #settling: ReturnType<typeof setTimeout> | undefined;
  #trouble: ReturnType<typeof setTimeout> | undefined;

  /** @param sessionUid as the link had it */
  constructor(sessionUid: string) {
    const session = joinSession(sessionUid, { apiUrl: location.origin });
    this.#session = session;
    for (const reaction of session.pending) this.#taps.add(reaction);
    session.on("state", () => this.#showState());
    session.on("totals", () => this.#count());
    session.on("participants", (people) => view.set({ people }));
    session.on("connection", (connection) => this.#showConnection(connection));
    session.on("waiting", (error) => this.#showWaiting(error));
    session.on("kept", (reaction) => this.#keep(reaction));
    session.on("rules", ({ paused }) => {
      this.#showState();
      if (paused) this.#announcer.tell(words.quiet);
    });
    session.on("refused", ({ reaction, error }) => this.#refuse(reaction, error));
    session.on("unconfirmed", (lost) => this.#lose(lost, words.unconfirmed(lost.length)));
    session.on("end", () => view.set({ screen: "ended" }));
    session.on("error", ({ code }) => view.set({ screen: ENDS.get(code) ?? "failed" }));
    this.#showCounts();
  }

  /** On the page that is shown, whatever the deck does in this very moment. */
  react(reaction: string): void {
    const { page, taps } = view.get();
    this.#taps.add(this.#session.react(page, reaction));
    view.set({ taps: toRecord([...Object.entries(taps), [reaction, (taps[reaction] ?? 0) + 1]]) });
    this.#showCounts();
    this.#announcer.tell(words.sent(nameReaction(reaction)));
  }

  #showConnection(connection: Connection): void {
    view.set({ connection });
    // Let in again, with nothing new to hear of: the page that was shown before.
    if (connection === "live" || connection === "fallback") this.#showState();
  }

  /** It asks again by itself, and so does nobody have to touch anything. */
  #showWaiting({ code }: RevintError): void {
    const screen = code === "session_full" ? "full" : "crowded";
    if (view.get().screen !== screen) this.#announcer.tell(words[screen].text);
    view.set({ screen });
  }

  #showState(): void {
    const { state, info } = this.#session;
    if (!state) return;
    const { page } = state;
    const isWaiting = isUntouched(page, state.state);
    const { title, subtitle, paused } = isWaiting ? {} : readDeckState(state.state);
    const before = view.get();
    if (page !== before.page) view.set({ taps: toRecord([]) });
    view.set({
      screen: "session",
      page,
      isWaiting,
      title,
      subtitle,
      isPaused: paused ?? false,
      slidesUrl: info && writeSlidesUrl(info.deckUrl, info.sessionUid),
      name: info?.name ?? "",
      isQuiet: this.#session.rules.paused,
      reactions: listOffered(
        info?.reactions.length ? info.reactions : DEFAULT_REACTIONS,
        this.#session.rules,
        page,
      ),
    });
    this.#showCounts();
    const isNew = page !== before.page || title !== before.title;
    if (isNew && !isWaiting) this.#announcer.tellPage(title ?? nameSlide(page), this.#total());
  }

  #refuse(reaction: OwnReaction, { code }: RevintError): void {
    if (code === "blocked") view.set({ isBlocked: true });
    const isKnown = code === "blocked" || code === "reactions_paused";
    this.#lose([reaction], isKnown ? undefined : words.refused);
  }

  #keep(reaction: OwnReaction): void {
    view.set({ isBlocked: false });
    this.#taps.keep(reaction, performance.now());
    this.#showCounts();
    this.#settle();
  }

  #lose(lost: readonly OwnReaction[], trouble: string | undefined): void {
    for (const reaction of lost) this.#taps.drop(reaction);
    this.#showCounts();
    view.set({ trouble });
    clearTimeout(this.#trouble);
    this.#trouble = setTimeout(() => view.set({ trouble: undefined }), TROUBLE_MS);
  }

  #count(): void {
    this.#taps.count(this.#session.totals.pages, performance.now());
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
    view.set({ counts: this.#taps.list(view.get().page), pending: this.#session.pending.length });
    this.#announcer.count(this.#total());
  }

  #total(): number {
    return Object.values(view.get().counts).reduce((sum, count) => sum + count, 0);
  }
}
