import type { FC } from "hono/jsx/dom";
import type { Talk, TalkChange } from "../../../shared/protocol/host/talk.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { RecapStatus } from "../../../shared/protocol/recap.ts";
import { isHidden, onWake } from "../../client/wake.ts";
import { type Action, IDLE } from "../../ui/action.ts";
import { loadPart } from "../../ui/load-part.ts";
import { createStore } from "../../ui/store.ts";
import { host } from "../../words/en.ts";
import type { DeckList } from "../decks/deck-list.ts";
import { appendPage, mergeFirstPage } from "../merge-page.ts";
import type { ListPage } from "../service.ts";
import type { Section, Work } from "../work.ts";
import { findShortLink } from "./short-link.ts";
import {
  changeTalk,
  createTalk,
  deleteTalk,
  getActivities,
  getLinks,
  getRecap,
  getSummary,
  keepMade,
  listTalks,
  putActivities,
  renewToken,
  type SavedActivity,
} from "./talk-service.ts";

const words = host.talks;

/** While a talk runs and somebody looks, the list is read again this often, in milliseconds. */
const REFRESH_MS = 10_000;

/** Of so many talks that run the numbers are asked for anew: asking wakes their sessions. */
const ASKED_ANEW = 3;

/** Of so many talks that are over it is told how their recap stands: whoever looks for an older one opens it. */
const RECAPS_TOLD = 10;

/** What is asked or shown about a talk, in front of the list. */
export type TalkDialog =
  | { readonly about: "change" | "token" | "delete"; readonly talk: Talk }
  | { readonly about: "join"; readonly talk: Talk; readonly link: string; readonly short: string }
  | { readonly about: "activities"; readonly talk: Talk; readonly activities: readonly SavedActivity[] }
  | { readonly about: "flows"; readonly talk: Talk; readonly Flows: FC };

interface TalksState extends Action {
  /** The latest first; `undefined`: not read yet. */
  readonly list: readonly Talk[] | undefined;
  /** Where more of them are. */
  readonly cursor: string | undefined;
  /** The one that was made just now. */
  readonly made: string | undefined;
  readonly dialog: TalkDialog | undefined;
  /** How the recap of a talk stands, by the talk, as far as that is known. */
  readonly recaps: ReadonlyMap<string, RecapStatus>;
}

/** The talks of an account, and what their host does with them. */
export class TalkList implements Section {
  readonly view = createStore<TalksState>({
    ...IDLE,
    list: undefined,
    cursor: undefined,
    made: undefined,
    dialog: undefined,
    recaps: new Map(),
  });
  /** To choose from. */
  readonly decks: DeckList;
  readonly #work: Work;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopWaking: (() => void) | undefined;

  constructor(work: Work, decks: DeckList) {
    this.#work = work;
    this.decks = decks;
  }

  open(): void {
    this.view.set({ ...IDLE });
    this.#stopWaking = onWake(() => {
      void this.#refresh();
      // It may come from the page where one was published.
      void this.#readRecaps();
    });
    void this.read();
    void this.decks.readAll();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#stopWaking?.();
    this.#stopWaking = undefined;
    this.view.set({ dialog: undefined, made: undefined });
  }

  async read(): Promise<void> {
    await this.#work(this.view, async () => this.#adopt(await listTalks()));
    await Promise.all([this.#count(), this.#readRecaps()]);
    this.#refreshLater();
  }

  async readMore(): Promise<void> {
    const { cursor } = this.view.get();
    if (cursor === undefined) return;
    await this.#work(this.view, async () => {
      const next = await listTalks(cursor);
      this.view.set(appendPage(this.#talks, next));
    });
  }

  /** @returns whether it is made */
  create(name: string, deck: string | null): Promise<boolean> {
    return this.#work(this.view, async () => {
      this.add(await createTalk(name, deck));
    });
  }

  /** One that was made just now. */
  add(talk: Talk): void {
    this.view.set({ list: [talk, ...this.#talks], made: talk.id, notice: words.created(talk.name) });
  }

  /** Opens what asks nothing of the service before. */
  ask(about: "change" | "token" | "delete", talk: Talk): void {
    this.view.set({ ...IDLE, dialog: { about, talk } });
  }

  closeDialog(): void {
    this.view.set({ dialog: undefined, problem: undefined });
  }

  /** The addresses for phones; the other links that come along hold a token, and are let go. */
  async showJoin(talk: Talk): Promise<void> {
    await this.#work(this.view, async () => {
      const { join } = await getLinks(talk.id);
      // Before it begins there is no code to ask for.
      const short = talk.status === "upcoming" ? join : await findShortLink(join);
      this.view.set({ dialog: { about: "join", talk, link: join, short } });
    });
  }

  async showActivities(talk: Talk): Promise<void> {
    await this.#work(this.view, async () => {
      const activities = await getActivities(talk.id);
      this.view.set({ dialog: { about: "activities", talk, activities } });
    });
  }

  async showFlows(talk: Talk): Promise<void> {
    const part = await loadPart(
      () => import("./flows.tsx"),
      () => this.view.set({ problem: host.notLoaded }),
    );
    if (!part) return;
    await this.#work(this.view, async () => {
      const activities = await getActivities(talk.id);
      const Flows = part.openFlows({ talk, activities, onClose: () => this.closeDialog() });
      this.view.set({ dialog: { about: "flows", talk, Flows } });
    });
  }

  change(talk: Talk, change: TalkChange): Promise<boolean> {
    return this.#work(this.view, async () => {
      this.#replace(await changeTalk(talk.id, change));
      this.view.set({ dialog: undefined, notice: words.edit.changed });
    });
  }

  renewToken(talk: Talk): Promise<boolean> {
    return this.#work(this.view, async () => {
      this.#replace(await renewToken(talk.id));
      this.view.set({ dialog: undefined, notice: words.token.done });
    });
  }

  delete(talk: Talk): Promise<boolean> {
    return this.#work(this.view, async () => {
      await deleteTalk(talk.id);
      const list = this.#talks.filter(({ id }) => id !== talk.id);
      this.view.set({ list, dialog: undefined, notice: words.remove.done(talk.name) });
    });
  }

  /** @returns whether it is saved */
  saveActivity(talk: Talk, activity: SavedActivity): Promise<boolean> {
    return this.#work(
      this.view,
      async () => {
        const activities = await putActivities(talk.id, [...(await getActivities(talk.id)), activity]);
        this.view.set({ dialog: { about: "activities", talk, activities }, notice: words.activities.saved });
      },
      { invalid_request: words.activities.full, too_large: words.activities.full },
    );
  }

  removeActivity(talk: Talk, activity: string): Promise<boolean> {
    return this.#work(this.view, async () => {
      // As they are now: another window may have changed them.
      const left = (await getActivities(talk.id)).filter(({ id }) => id !== activity);
      const activities = await putActivities(talk.id, left);
      this.view.set({
        dialog: { about: "activities", talk, activities },
        notice: words.activities.removed,
      });
    });
  }

  /** Takes over what another talk has and this one has not. @param from the other talk's id */
  copyActivities(talk: Talk, from: string): Promise<boolean> {
    return this.#work(this.view, async () => {
      const [own, others] = await Promise.all([getActivities(talk.id), getActivities(from)]);
      const known = new Set(own.map(({ id }) => id));
      const fresh = others.filter(({ id }) => !known.has(id));
      if (own.length + fresh.length > LIMITS.activities) {
        return this.view.set({ problem: words.activities.full });
      }
      const activities = fresh.length > 0 ? await putActivities(talk.id, [...own, ...fresh]) : own;
      this.view.set({
        dialog: { about: "activities", talk, activities },
        notice: fresh.length > 0 ? words.activities.copied(fresh.length) : words.activities.nothing,
      });
    });
  }

  /** Keeps what was made while the talk was given. */
  keepMade(talk: Talk): Promise<boolean> {
    const { made, full } = words.activities;
    return this.#work(
      this.view,
      async () => {
        const before = await getActivities(talk.id);
        const activities = await keepMade(talk.id);
        const isSame = JSON.stringify(before) === JSON.stringify(activities);
        this.view.set({
          dialog: { about: "activities", talk, activities },
          notice: isSame ? made.nothing : made.kept(activities.length),
        });
      },
      { session_not_found: made.gone, limit_reached: full, too_large: full },
    );
  }

  get #talks(): readonly Talk[] {
    return this.view.get().list ?? [];
  }

  #replace(talk: Talk): void {
    this.view.set({ list: this.#talks.map((known) => (known.id === talk.id ? talk : known)) });
  }

  /** The numbers of what runs now, which the list itself has as of its last look. */
  async #count(): Promise<void> {
    const running = this.#talks.filter(({ status }) => status === "running").slice(0, ASKED_ANEW);
    const found = await Promise.all(
      running.map(async ({ id }) => {
        const summary = await getSummary(id).then(
          (answer) => answer.summary,
          () => null,
        );
        return [id, summary] as const;
      }),
    );
    const summaries = new Map(found.filter(([, summary]) => summary !== null));
    if (summaries.size === 0) return;
    const list = this.#talks.map((talk) => ({ ...talk, summary: summaries.get(talk.id) ?? talk.summary }));
    this.view.set({ list });
  }

  async #readRecaps(): Promise<void> {
    const over = this.#talks.filter(({ status }) => status === "over").slice(0, RECAPS_TOLD);
    const found = await Promise.all(
      over.map(async ({ id }) => {
        const status = await getRecap(id).catch(() => undefined);
        return status ? [[id, status] as const] : [];
      }),
    );
    this.view.set({ recaps: new Map([...this.view.get().recaps, ...found.flat()]) });
  }

  #adopt(first: ListPage<Talk>): void {
    const { list, cursor } = this.view.get();
    this.view.set(mergeFirstPage(list && { list, cursor }, first));
  }

  #refreshLater(): void {
    clearTimeout(this.#timer);
    if (this.#stopWaking === undefined || !this.#talks.some(({ status }) => status === "running")) return;
    this.#timer = setTimeout(() => void this.#refresh(), REFRESH_MS);
  }

  /** Quietly: whoever looks has asked for nothing, and it may succeed the next time. */
  async #refresh(): Promise<void> {
    const { isBusy, dialog, list } = this.view.get();
    if (!isHidden() && !isBusy && !dialog && list) {
      const page = await listTalks().catch(() => undefined);
      if (page) this.#adopt(page);
      await this.#count();
    }
    this.#refreshLater();
  }
}
