import type { SessionAnswer } from "../../shared/protocol/session.ts";
import { Backoff } from "../client/backoff.ts";
import { isTransient, RevintError, toRevintError } from "../client/error.ts";
import type { Fields } from "../client/fields.ts";
import { act } from "../ui/action.ts";
import { getHostRole, type HostPass, keepPass, readPass } from "../ui/host-pass.ts";
import { getTimeline, type Pass, readFields } from "../ui/service.ts";
import type { Store } from "../ui/store.ts";
import { common, results as words } from "../words/en.ts";
import { nameFile, saveDownload } from "./download.ts";
import {
  api,
  enterAsHost,
  enterAsUser,
  forgetHost,
  forgetHostUid,
  getFacts,
  type PassSource,
} from "./entrance.ts";
import { pickBucket } from "./pick-bucket.ts";
import { erase, getActivities, getQuestions, getTotals, openExport } from "./service.ts";
import { COLUMNS } from "./spreadsheet/columns.ts";
import { WORKBOOK_TYPE, writeWorkbook } from "./spreadsheet/workbook.ts";
import type { Exported, FileFormat, Question, Screen, View } from "./view.ts";

/** While the talk runs, the results are read again this often, in milliseconds. */
const REFRESH_MS = 10_000;
/** So long between two calls of a deletion, in milliseconds. */
const ERASE_MS = 500;

const TYPES: { readonly [Format in FileFormat]: string } = {
  xlsx: WORKBOOK_TYPE,
  csv: "text/csv;charset=utf-8",
  ndjson: "application/x-ndjson",
};

/** The results of one session, read into the view, and what its host may do about them. */
export class SessionResults {
  readonly #sessionUid: string;
  readonly #view: Store<View>;
  #pass: Pass | undefined;
  /** Who tried to come in last. */
  #last: readonly [host: HostPass | undefined, source: PassSource] = [undefined, "kept"];
  #refreshing: ReturnType<typeof setTimeout> | undefined;

  constructor(sessionUid: string, view: Store<View>) {
    this.#sessionUid = sessionUid;
    this.#view = view;
    document.addEventListener("visibilitychange", () => this.#refreshLater(0));
  }

  /** What the host hands on once everyone may see the results. */
  get link(): string {
    const link = new URL("/results", location.href);
    link.searchParams.set("session", this.#sessionUid);
    return link.href;
  }

  /** What lets this window ask for the session's recap. */
  get recapPass(): Pass | undefined {
    return this.#pass;
  }

  /** What more there is of the session. @param what the rest of its path */
  read(what: string): Promise<Fields> {
    if (!this.#pass) return Promise.reject(new RevintError("network", "nobody is in"));
    return readFields(this.#pass, what);
  }

  /** With what was pasted, or stood in the address. Nothing is sent that can't let a host in. */
  async enterWith(text: string): Promise<void> {
    const pass = readPass(text);
    if (!pass) {
      this.#view.set({ screen: "ask", problem: common.noPass });
      return;
    }
    // At once: it is gone from the address, and the service may be out of reach for a moment.
    keepPass(location.origin, pass);
    await this.enter(pass, "given");
  }

  /** Once more, after the service was out of reach. */
  enterAgain(): Promise<void> {
    return this.enter(...this.#last);
  }

  /** Comes in, as the host or a co-host with a pass, and shows what there is. */
  async enter(host: HostPass | undefined, source: PassSource): Promise<void> {
    this.#last = [host, source];
    this.#view.set({ screen: "connecting", problem: undefined });
    try {
      const facts = await getFacts(this.#sessionUid);
      this.#showFacts(facts);
      this.#pass = await (host ? enterAsHost(facts, host, source) : enterAsUser(facts));
      await this.#read();
      if (host) await this.#readRules();
      this.#view.set({ screen: "results", role: host && getHostRole(host) });
      this.#refreshLater();
    } catch (thrown) {
      const error = toRevintError(thrown);
      if (source === "kept" && host && error.code === "not_participant") return this.#enterAnew(host);
      // What the tab keeps may be for another session, or no longer good: then one is like everybody else.
      if (source === "kept" && host && !isTransient(error)) {
        if (error.code !== "wrong_session") forgetHost(this.#sessionUid);
        return this.enter(undefined, source);
      }
      const isRefused = host !== undefined && !isTransient(error);
      if (isRefused) forgetHost(this.#sessionUid);
      this.#view.set(readFailure(error, isRefused));
    }
  }

  /** Asks the host first; `undefined`: they have answered. */
  ask(question: Question | undefined): void {
    this.#view.set({ question, problem: undefined });
  }

  async setPublic(publicResults: boolean): Promise<void> {
    await this.#act(async (access) => {
      const rules = await api.setRules(access, { publicResults });
      this.#view.set({
        isPublic: rules.publicResults,
        notice: rules.publicResults ? words.isPublic : words.isPrivate,
      });
    });
  }

  /** Ends the session; the results stay, and may be opened for all in the same step. */
  async end(publicResults: boolean): Promise<void> {
    await this.#act(async (access) => {
      if (publicResults && !this.#view.get().isPublic) {
        const rules = await api.setRules(access, { publicResults });
        this.#view.set({ isPublic: rules.publicResults });
      }
      await api.post(access, "end", undefined, true);
      await this.#read();
      this.#view.set({ question: undefined, isJustEnded: true });
    });
  }

  /** Erases everything, call by call, until the service says that nothing is left. */
  async eraseAll(): Promise<void> {
    const pass = this.#pass;
    if (!pass) return;
    clearTimeout(this.#refreshing);
    this.#view.set({ isBusy: true, problem: undefined, left: [] });
    const backoff = new Backoff();
    for (;;) {
      try {
        const left = await erase(pass);
        backoff.reset();
        if (left.length === 0) break;
        this.#view.set({ left });
        await wait(ERASE_MS);
      } catch (thrown) {
        const error = toRevintError(thrown);
        if (error.code === "session_not_found") break;
        if (!isTransient(error)) {
          this.#view.set({ isBusy: false, left: undefined, problem: words.notDone });
          return;
        }
        await wait(backoff.next(error.retryAfter));
      }
    }
    this.#pass = undefined;
    forgetHost(this.#sessionUid);
    this.#view.set({ screen: "deleted", question: undefined, isBusy: false, left: undefined });
  }

  async download(what: Exported, format: FileFormat): Promise<void> {
    const pass = this.#pass;
    const { download, name, date, totals } = this.#view.get();
    if (!pass || download) return;
    const show = (change: { rows?: number; isBroken: boolean }) =>
      this.#view.set({ download: { what, format, rows: 0, ...this.#view.get().download, ...change } });
    show({ isBroken: false });
    this.#view.set({ downloaded: undefined });
    // A workbook is made here, of rows that come again after a connection broke off; a packed stream could not go on.
    const isWorkbook = format === "xlsx";
    const source = isWorkbook ? "ndjson" : format;
    try {
      const isSaved = await saveDownload({
        fileName: nameFile(what === "reactions" ? name : `${name} ${what}`, date, format),
        type: TYPES[format],
        rows: totals.total,
        format: source,
        open: (cursor, signal) => openExport(pass, what, source, cursor, signal),
        ...(isWorkbook && { convert: (rows) => writeWorkbook(rows, { name: what, columns: COLUMNS[what] }) }),
        onRows: (rows) => show({ rows, isBroken: false }),
        onBreak: () => show({ isBroken: true }),
      });
      if (isSaved) this.#view.set({ downloaded: { isSaved, text: words.saved } });
    } catch (error) {
      const rows = this.#view.get().download?.rows ?? 0;
      const isBroken = isTransient(toRevintError(error));
      const broken = what === "reactions" ? words.broken(rows, totals.total) : words.brokenOf[what](rows);
      const text = isBroken ? broken : words.refused;
      this.#view.set({ downloaded: { isSaved: false, text } });
    } finally {
      this.#view.set({ download: undefined });
    }
  }

  /** After everybody was sent out, this page too. */
  #enterAnew(host: HostPass | undefined): Promise<void> {
    forgetHostUid(this.#sessionUid);
    return this.enter(host, "given");
  }

  #showFacts({ name, date, reactions }: SessionAnswer): void {
    this.#view.set({ name, date, offered: reactions });
  }

  async #read(): Promise<void> {
    if (!this.#pass) return;
    const pass = this.#pass;
    const [timeline, totals, activities, questions] = await Promise.all([
      getTimeline(pass),
      getTotals(pass),
      getActivities(pass),
      getQuestions(pass),
    ]);
    const bucket = pickBucket(timeline);
    this.#view.set({
      timeline: bucket === undefined ? timeline : await getTimeline(pass, bucket),
      totals,
      activities,
      questions,
    });
  }

  async #readRules(): Promise<void> {
    if (!this.#pass) return;
    const { publicResults } = await api.getRules(toAccess(this.#pass));
    this.#view.set({ isPublic: publicResults });
  }

  /** While it runs and somebody looks. */
  #refreshLater(ms = REFRESH_MS): void {
    clearTimeout(this.#refreshing);
    const { screen, timeline } = this.#view.get();
    if (document.hidden || screen !== "results" || timeline?.endedAt !== null) return;
    this.#refreshing = setTimeout(async () => {
      // What is shown stays until something newer is there.
      const failure = await this.#read().then(() => undefined, toRevintError);
      if (failure?.code === "not_participant") await this.#enterAnew(this.#last[0]);
      else this.#refreshLater();
    }, ms);
  }

  async #act(does: (access: ReturnType<typeof toAccess>) => Promise<void>): Promise<void> {
    const pass = this.#pass;
    if (!pass) return;
    const nameProblem = async ({ code }: RevintError) => {
      if (code !== "session_ended") return words.notDone;
      await this.#read().catch(() => {});
      return words.alreadyEnded;
    };
    await act(this.#view, nameProblem, () => does(toAccess(pass)));
  }
}

/** Nothing here opens a pipe. */
const toAccess = (pass: Pass) => ({ ...pass, role: "host", wsUrl: "" }) as const;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const SCREENS: { readonly [Code in RevintError["code"]]?: Screen } = {
  session_not_found: "notFound",
  not_public: "notPublic",
  // After the end a newcomer gets in only where the results are open.
  session_ended: "notPublic",
};

function readFailure({ code }: RevintError, isHost: boolean): Partial<View> {
  const screen = SCREENS[code];
  if (screen && !(isHost && screen === "notPublic")) return { screen };
  return isHost ? { screen: "ask", problem: words.badToken } : { screen: "failed" };
}
