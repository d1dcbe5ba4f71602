import { joinSession } from "../client/index.ts";
import type { Connection, RevintError, SessionAnswer, UserSession } from "../client/session.ts";
import { phoneSlots } from "../interactions/phone.ts";
import type { PhoneParts, PhoneStatus } from "../interactions/slots.ts";
import { isUntouched, readDeckState } from "../ui/deck-state.ts";
import { getShortLink } from "../ui/join-link.ts";
import { loadPart } from "../ui/load-part.ts";
import { nameSlide } from "../ui/page-name.ts";
import type { Store } from "../ui/store.ts";
import { tabStorage } from "../ui/tab-storage.ts";
import { audience as words } from "../words/en.ts";
import { writeSlidesUrl } from "./slides.ts";
import type { Screen, View } from "./view.ts";

/** What is shown when it is over, and why. */
const ENDS = new Map<RevintError["code"], Screen>([
  ["session_not_found", "notFound"],
  ["session_ended", "ended"],
  ["not_participant", "sentOut"],
]);

/** Whether this tab of the browser has the phone's own tab open: a reload stays where it was. */
const IS_TAB_OPEN = "revint:is-tab-open";

/** What the service has told of the session, for the view. */
const readFacts = ({ name, startsAt, joinCode }: SessionAnswer, joinUrl: string) => ({
  ...{ name, startsAt },
  joinUrl: getShortLink({ joinUrl, joinCode }, location.origin),
});

/** One person's seat in a session: what it tells goes into the view, and every interaction follows it by itself. */
export class Seat {
  /** What the interactions show around the slide. */
  readonly parts: readonly PhoneParts[];
  readonly #session: UserSession;
  readonly #view: Store<View>;
  readonly #statuses: PhoneStatus[] = [];
  #hasStart = false;

  /** @param sessionUid as the link had it */
  constructor(sessionUid: string, view: Store<View>) {
    const session = joinSession(sessionUid, { apiUrl: location.origin });
    this.#session = session;
    this.#view = view;
    view.set({ sessionUid, link: `${location.origin}/join?session=${sessionUid}` });
    session.on("state", () => this.#showState());
    session.on("participants", (people) => view.set({ people }));
    session.on("connection", (connection) => this.#showConnection(connection));
    session.on("waiting", (error) => this.#showWaiting(error));
    session.on("end", () => view.set({ screen: "ended" }));
    session.on("error", ({ code }) => view.set({ screen: ENDS.get(code) ?? "failed" }));
    this.parts = phoneSlots.map((createSlot, index) =>
      createSlot({
        session,
        announce: (announcement) => view.set({ announcement }),
        report: (status) => this.#report(index, status),
      }),
    );
  }

  /** Goes behind the tab, or back. */
  openTab(isTabOpen: boolean): void {
    if (isTabOpen) tabStorage.set(IS_TAB_OPEN, "yes");
    else tabStorage.remove(IS_TAB_OPEN);
    this.#view.set({ isTabOpen, isMissed: false });
  }

  #showConnection(connection: Connection): void {
    this.#view.set({ connection });
    // Let in again, with nothing new to hear of: the page that was shown before.
    if (connection === "live" || connection === "fallback") this.#showState();
  }

  /** It asks again by itself, and so does nobody have to touch anything. */
  #showWaiting({ code, talk }: RevintError): void {
    const crowd = code === "session_full" ? "full" : "crowded";
    const screen = talk ? "waiting" : crowd;
    if (this.#view.get().screen !== screen) this.#view.set({ announcement: words[screen].text });
    this.#view.set({ screen, ...talk });
    if (talk && talk.startsAt !== null) void this.#loadStart();
  }

  #showState(): void {
    const { state, info } = this.#session;
    if (!state) return;
    const { page } = state;
    const isWaiting = isUntouched(page, state.state);
    const { title, subtitle, paused } = isWaiting ? {} : readDeckState(state.state);
    const before = this.#view.get();
    this.#view.set({
      screen: "session",
      page,
      isWaiting,
      title,
      subtitle,
      isPaused: paused ?? false,
      slidesUrl: info && writeSlidesUrl(info.deckUrl, info.sessionUid),
      ...(info && readFacts(info, before.link)),
    });
    if (isWaiting && info && info.startsAt !== null) void this.#loadStart();
    const isNew = page !== before.page || title !== before.title;
    if (isNew && !isWaiting) this.#view.set({ announcement: words.announcePage(title ?? nameSlide(page)) });
  }

  /** Once. */
  async #loadStart(): Promise<void> {
    if (this.#hasStart) return;
    this.#hasStart = true;
    const part = await loadPart(
      () => import("./extras.ts"),
      () => this.#view.set({ trouble: words.notLoaded }),
    );
    if (part) this.#view.set({ Start: part.createStart(this.#view) });
  }

  /** The last line has room for one thing: of two interactions that want it, the first one has it. */
  #report(index: number, status: PhoneStatus): void {
    this.#statuses[index] = status;
    const pick = <Name extends keyof PhoneStatus>(name: Name): PhoneStatus[Name] =>
      this.#statuses.find((one) => one?.[name])?.[name];
    const before = this.#view.get();
    const [heading, tab] = [pick("heading"), pick("tab")];
    const isTabOpen =
      tab !== undefined && (before.tab ? before.isTabOpen : tabStorage.get(IS_TAB_OPEN) !== undefined);
    // What has gone and comes again takes nobody away from where they are.
    if (before.tab && !tab) tabStorage.remove(IS_TAB_OPEN);
    const isNew = heading !== undefined && heading !== before.heading;
    this.#view.set({
      ...{ trouble: pick("trouble"), kept: pick("kept"), closed: pick("closed") },
      ...{ heading, tab, isTabOpen, isMissed: isTabOpen && (before.isMissed || isNew) },
    });
  }
}
