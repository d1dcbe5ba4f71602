import type { RecapEdit, RecapStatus } from "../../shared/protocol/recap.ts";
import { Api } from "../client/api.ts";
import { isTransient, type RevintError, toRevintError } from "../client/error.ts";
import { onWake } from "../client/wake.ts";
import { act } from "../ui/action.ts";
import { forgetPass, getHostRole, type HostPass, keepPass, readPass } from "../ui/host-pass.ts";
import { getRecap, makeRecap, nameRecapProblem, recapPath, toRecapPass } from "../ui/recap-service.ts";
import type { Pass } from "../ui/service.ts";
import type { Store } from "../ui/store.ts";
import { common, recap as words } from "../words/en.ts";
import { findChanges, findFault, isChanged, type Written } from "./draft.ts";
import { hasPaper, removePaper, showPaper } from "./paper.ts";
import { followRecap, isUnderWay } from "./recap-events.ts";
import { eraseRecap, getDraft, getPage, publishRecap, saveEdit } from "./service.ts";
import type { Question, View } from "./view.ts";

const { origin } = location;

/** Where the pass comes from: one that the tab kept may be another session's. */
export type PassSource = "given" | "kept";

/** One session's recap: what there is to read of it, and what its host does with it. */
export class HostRecap {
  readonly #sessionUid: string;
  readonly #view: Store<View>;
  #pass: Pass | undefined;
  /** The version on the page; of one that the service has put there, it is not known. */
  #shown: string | undefined;
  /** Ends what follows the writing. */
  #following: AbortController | undefined;

  constructor(sessionUid: string, view: Store<View>) {
    this.#sessionUid = sessionUid;
    this.#view = view;
    onWake(() => void this.#look());
  }

  /** What the host hands on. */
  get link(): string {
    return new URL(recapPath(this.#sessionUid), location.href).href;
  }

  /** With what was pasted, or stood in the address. Nothing is sent that can't let a host in. */
  async enterWith(text: string): Promise<void> {
    const pass = readPass(text);
    if (!pass) return this.#view.set({ screen: "ask", problem: common.noPass });
    // At once: it is gone from the address, and the service may be out of reach for a moment.
    keepPass(origin, pass);
    await this.enter(pass, "given");
  }

  /** Comes in as a host, or finds out why there is nothing to read. */
  async enter(host: HostPass | undefined, source: PassSource): Promise<void> {
    this.#view.set({ screen: "connecting", problem: undefined });
    try {
      if (host) await this.#enterAsHost(host);
      else await this.#enterAsReader();
    } catch (thrown) {
      const error = toRevintError(thrown);
      if (error.code === "session_not_found") return this.#view.set({ screen: "notFound" });
      if (isTransient(error) || !host) return this.#view.set({ screen: "failed" });
      // What the tab keeps may be for another session: then one reads like everybody else.
      if (error.code !== "wrong_session") forgetPass(origin);
      if (source === "kept") return this.enter(undefined, source);
      this.#view.set({ screen: "ask", problem: words.badToken });
    }
  }

  /** Asks the host first; `undefined`: they have answered. */
  ask(question: Question | undefined): void {
    this.#view.set({ question, problem: undefined });
  }

  /** Has it made, or made anew. */
  make(): Promise<void> {
    return this.#act(async (pass) => {
      await this.#adopt(await makeRecap(pass));
      this.#view.set({ question: undefined });
    });
  }

  publish(published: boolean): Promise<void> {
    return this.#act(async (pass) => {
      await this.#adopt(await publishRecap(pass, published));
      this.#view.set({ notice: published ? words.published : words.takenBack });
    });
  }

  erase(): Promise<void> {
    return this.#act(async (pass) => {
      await eraseRecap(pass);
      await this.#adopt({ status: "none" });
      this.#view.set({ question: undefined, notice: words.erased });
    });
  }

  edit(): Promise<void> {
    return this.#act(async (pass) => this.#view.set({ draft: await getDraft(pass) }));
  }

  closeDraft(): void {
    this.#view.set({ draft: undefined, problem: undefined });
  }

  /** Only what the host has changed; where somebody else was faster, their next press saves it all the same. */
  async save(written: Written): Promise<void> {
    const { draft } = this.#view.get();
    if (!draft) return;
    const edit = findChanges(draft, written);
    const problem = isChanged(edit) ? findFault(draft, edit) : words.editor.nothing;
    if (problem !== undefined) return this.#view.set({ problem });
    await this.#act((pass) => this.#save(pass, edit));
  }

  /** What happened to it in other windows, or while this one slept. */
  async #look(): Promise<void> {
    const pass = this.#pass;
    const { screen, isBusy } = this.#view.get();
    if (!pass || screen !== "host" || isBusy || this.#following) return;
    // Quietly: whoever looks has asked for nothing, and what is shown is still true of its version.
    const status = await getRecap(pass).catch(() => undefined);
    if (status && !this.#view.get().isBusy) await this.#adopt(status).catch(() => {});
  }

  async #enterAsHost(host: HostPass): Promise<void> {
    const pass = toRecapPass(this.#sessionUid, host);
    const status = await getRecap(pass);
    this.#pass = pass;
    this.#view.set({ role: getHostRole(host) });
    await this.#adopt(status);
    this.#view.set({ screen: "host" });
  }

  async #enterAsReader(): Promise<void> {
    // Where it is published, the service has put it here, unless that was a moment ago; and asked once more, it does.
    const { token } = await new Api(origin).getSession(this.#sessionUid);
    const { version } = await getRecap({ sessionUid: this.#sessionUid, token, uid: "" });
    if (version === undefined || hasPaper()) return this.#view.set({ screen: "nothing", role: undefined });
    if (isReloaded()) this.#view.set({ screen: "failed" });
    else location.reload();
  }

  async #save(pass: Pass, edit: RecapEdit): Promise<void> {
    try {
      await this.#adopt(await saveEdit(pass, edit));
      this.#view.set({ draft: undefined, notice: words.editor.saved });
    } catch (thrown) {
      const { code } = toRevintError(thrown);
      if (code === "recap_not_found") return this.#view.set({ problem: words.editor.gone });
      if (code !== "conflict") throw thrown;
      const { draft } = this.#view.get();
      const { version } = await getDraft(pass);
      this.#view.set({ draft: draft && { ...draft, version }, problem: words.editor.conflict });
    }
  }

  /** Shows how it stands, and what there is to read; follows it as long as more comes. */
  async #adopt(status: RecapStatus): Promise<void> {
    const pass = this.#pass;
    if (!pass) return;
    await this.#showVersion(pass, status.version);
    this.#view.set({ status, ...(!isUnderWay(status) && { written: [], isBroken: false }) });
    if (isUnderWay(status)) void this.#follow(pass);
    else this.#stopFollowing();
  }

  async #showVersion(pass: Pass, version: string | undefined): Promise<void> {
    if (version === undefined) {
      removePaper();
      this.#shown = undefined;
    } else if (version !== this.#shown) {
      showPaper(await getPage(pass));
      this.#shown = version;
    }
  }

  async #follow(pass: Pass): Promise<void> {
    if (this.#following) return;
    const following = new AbortController();
    this.#following = following;
    this.#view.set({ written: [] });
    const listener = {
      onStatus: (status: RecapStatus) => void this.#hear(pass, status, following),
      onStatement: (statement: View["written"][number]) => {
        const { written } = this.#view.get();
        // A stream that was opened anew may say it again.
        const isKnown = written.some(
          ({ text, section }) => text === statement.text && section === statement.section,
        );
        if (!isKnown) this.#view.set({ written: [...written, statement] });
      },
      onBroken: (isBroken: boolean) => this.#view.set({ isBroken }),
    };
    await followRecap(pass, listener, following.signal).catch((thrown: unknown) => {
      this.#view.set({ problem: nameRecapProblem(toRevintError(thrown)) });
    });
    if (this.#following === following) this.#stopFollowing();
  }

  async #hear(pass: Pass, status: RecapStatus, following: AbortController): Promise<void> {
    if (following.signal.aborted) return;
    if (status.version !== this.#shown) {
      const before = this.#shown;
      await this.#showVersion(pass, status.version).catch((thrown: unknown) => {
        this.#view.set({ problem: nameRecapProblem(toRevintError(thrown)) });
      });
      if (before !== undefined && status.version !== undefined) this.#view.set({ notice: words.changed });
    }
    this.#view.set({ status, ...(!isUnderWay(status) && { written: [], isBroken: false }) });
  }

  #stopFollowing(): void {
    this.#following?.abort();
    this.#following = undefined;
  }

  async #act(does: (pass: Pass) => Promise<void>): Promise<void> {
    const pass = this.#pass;
    if (!pass) return;
    const nameProblem = async (error: RevintError) => {
      // Whatever it is that stands in the way: what is shown is how it stands.
      if (!isTransient(error)) await this.#readAgain(pass);
      return nameRecapProblem(error);
    };
    await act(this.#view, nameProblem, () => does(pass));
  }

  async #readAgain(pass: Pass): Promise<void> {
    const status = await getRecap(pass).catch(() => undefined);
    if (status) await this.#adopt(status).catch(() => {});
  }
}

/** Whether this page is here because it was asked for once more. */
const isReloaded = (): boolean =>
  performance
    .getEntriesByType("navigation")
    .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === "reload");
