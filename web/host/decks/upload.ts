import type { Deck, DeckUpload } from "../../../shared/protocol/host/deck.ts";
import { Backoff } from "../../client/backoff.ts";
import { isTransient, RevintError, toRevintError } from "../../client/error.ts";
import { Pause } from "../../client/pause.ts";
import { onWake } from "../../client/wake.ts";
import { type Action, IDLE } from "../../ui/action.ts";
import { createStore } from "../../ui/store.ts";
import { host } from "../../words/en.ts";
import type { Work } from "../work.ts";
import { BegunUploads } from "./begun-uploads.ts";
import { type ChosenDeck, getPictureName, RefusedDeck, readChosenDeck, toTitle } from "./chosen-deck.ts";
import { Draft } from "./draft.ts";
import { type Sending, type UploadService, uploadService } from "./upload-service.ts";

const words = host.decks.upload;

/*
 * idle → reading → chosen → sending ⇄ waiting → finishing → idle
 *
 * A file that was begun before goes from `reading` straight to `sending`, and slides that are written here are never
 * `chosen`. From everywhere before `finishing`, `cancel` leads through `stopping` to `idle`.
 */
export type Phase = "idle" | "reading" | "chosen" | "sending" | "waiting" | "finishing" | "stopping";

interface UploadState extends Action {
  readonly phase: Phase;
  /** Looked at and found good: it waits for its title. */
  readonly chosen: ChosenDeck | undefined;
  /** The deck of the list that is to be gone on with, whatever is picked next. */
  readonly wanted: Deck | undefined;
  /** What is on its way now. */
  readonly deck: string | undefined;
  readonly title: string;
  /** Bytes that have left, and all there are. */
  readonly sent: number;
  readonly total: number;
  /** Percent that are read out: now and then, and not at every step. */
  readonly told: number;
  /** The one that was finished just now. */
  readonly made: string | undefined;
  readonly isWriting: boolean;
}

const NOTHING = {
  phase: "idle",
  chosen: undefined,
  wanted: undefined,
  deck: undefined,
  title: "",
  sent: 0,
  total: 0,
  told: 0,
  made: undefined,
} as const;

/** Why an upload is stopped that nobody called off. */
const LEFT = "its host has left";
/** How often the progress is read out, in milliseconds. */
const TELL_MS = 5000;
/** So often the service is asked what it has, where it does not have what it should. */
const MOST_LOOKS = 3;

interface Options {
  /** Whose draft it is. */
  readonly account: string;
  /** The decks that are listed, to find one among them that was begun elsewhere. */
  readonly list: () => readonly Deck[];
  /** A deck came or went: whoever lists decks reads them anew. */
  readonly onChange: () => Promise<void>;
  readonly service?: UploadService;
  readonly begun?: BegunUploads;
  readonly draft?: Draft;
  readonly read?: (files: readonly File[]) => Promise<ChosenDeck>;
}

/** Brings one deck at a time along: looks at it, sends it in parts, and goes on after whatever interrupts it. */
export class Upload {
  readonly view = createStore<UploadState>({ ...IDLE, ...NOTHING, isWriting: false });
  readonly draft: Draft;
  readonly #work: Work;
  readonly #options: Options;
  readonly #service: UploadService;
  readonly #begun: BegunUploads;
  readonly #pause = new Pause();
  #call = new AbortController();
  #toldAt = 0;

  constructor(work: Work, options: Options) {
    this.#work = work;
    this.#options = options;
    this.#service = options.service ?? uploadService;
    this.#begun = options.begun ?? new BegunUploads();
    this.draft = options.draft ?? new Draft(options.account);
    this.view.set({ isWriting: this.draft.get() !== undefined });
  }

  /** What was picked or dropped at once: it goes on where it was begun before, or else waits for its title. */
  async pick(files: readonly File[]): Promise<void> {
    const { isBusy, wanted } = this.view.get();
    if (files.length === 0 || isBusy) return;
    await this.#run("reading", async (signal) => {
      const chosen = await (this.#options.read ?? readChosenDeck)(files);
      const begun = await this.#find(chosen, wanted);
      if (signal.aborted) return;
      if (begun) await this.#bring(chosen, begun, signal);
      else this.view.set({ phase: "chosen", chosen });
    });
  }

  /** Sends what was chosen. */
  async send(title: string): Promise<void> {
    const { chosen } = this.view.get();
    if (!chosen) return;
    const named = { ...chosen, title: toTitle(title) || chosen.title };
    await this.#run("sending", async (signal) => {
      this.#begin(named);
      // Not once more by itself: where only the answer was lost, there would be two.
      const upload = await this.#create(named).catch((error: unknown) => {
        this.view.set({ phase: "chosen", chosen: named });
        throw error;
      });
      await this.#bring(named, upload, signal);
    });
  }

  /** Makes a deck of what somebody has written here. The draft stays until the deck is there. */
  async write(text: string): Promise<void> {
    if (text.trim() === "") return;
    await this.#run("reading", async (signal) => {
      const file = new File([text], words.write.file, { type: "text/markdown" });
      const chosen = await (this.#options.read ?? readChosenDeck)([file]);
      this.#begin(chosen);
      await this.#bring(chosen, await this.#create(chosen), signal);
      this.draft.forget();
      this.view.set({ isWriting: false });
    });
  }

  setWriting(isWriting: boolean): void {
    this.view.set({ ...IDLE, isWriting });
  }

  /** The next file that is picked is this one's. */
  goOnWith(deck: Deck | undefined): void {
    if (!this.view.get().isBusy) this.view.set({ ...IDLE, ...NOTHING, wanted: deck });
  }

  /** Stops it, and takes back what was sent. */
  cancel(): void {
    const { phase } = this.view.get();
    if (phase === "chosen") this.view.set({ ...IDLE, ...NOTHING });
    if (phase === "idle" || phase === "chosen" || phase === "finishing") return;
    this.view.set({ phase: "stopping" });
    this.#call.abort();
    this.#pause.skip();
  }

  /** Nobody is there any more whose deck it is: nothing more is sent. What was sent stays, for when they come back. */
  leave(): void {
    this.#call.abort(LEFT);
    this.#pause.skip();
  }

  async #run(phase: Phase, does: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.view.get().isBusy) return;
    this.#call = new AbortController();
    const { signal } = this.#call;
    this.view.set({ ...NOTHING, phase });
    const stop = onWake(() => this.#pause.skip());
    await this.#work(this.view, async () => {
      try {
        await does(signal);
      } catch (error) {
        this.view.set(this.#explain(error, signal));
      }
    });
    stop();
    const { phase: last, made } = this.view.get();
    if (last !== "chosen") this.view.set({ ...NOTHING, made });
  }

  #begin({ title, file, pictures }: ChosenDeck): void {
    const total = [file, ...pictures].reduce((sum, { size }) => sum + size, 0);
    this.#toldAt = performance.now();
    this.view.set({ phase: "sending", title, total, sent: 0, told: 0 });
  }

  #create({ kind, title, file, pages, digest }: ChosenDeck): Promise<DeckUpload> {
    return this.#service.create({
      ...{ kind, title, bytes: file.size },
      ...(pages !== undefined && { pages }),
      ...(digest !== undefined && { digest }),
    });
  }

  /** What was begun with this very file. @param wanted nothing else is to be gone on with */
  async #find(chosen: ChosenDeck, wanted: Deck | undefined): Promise<DeckUpload | undefined> {
    const known = wanted?.id ?? this.#begun.find(chosen.file);
    if (known !== undefined) {
      const upload = await this.#lookFor(known, chosen);
      if (upload) return upload;
      if (wanted) throw new RefusedDeck("otherFile", wanted.title);
      this.#begun.forget(known);
    }
    // Begun in another browser: of those that this one has begun, it knows the file.
    const candidate = this.#options
      .list()
      .find(
        ({ id, status, kind, title }) =>
          status === "uploading" && kind === chosen.kind && title === chosen.title && !this.#begun.knows(id),
      );
    return candidate && this.#lookFor(candidate.id, chosen);
  }

  async #lookFor(deck: string, chosen: ChosenDeck): Promise<DeckUpload | undefined> {
    try {
      const upload = await this.#service.look(deck);
      return isOf(upload, chosen) && this.#isSame(upload, chosen) ? upload : undefined;
    } catch (error) {
      if (toRevintError(error).code === "deck_not_found") return undefined;
      throw error;
    }
  }

  /**
   * Two PDFs may be of one size, with as many pages and one title, and a deck of parts of both is none. What has no digest
   * goes on only in the browser that has begun with this very file. A text is sent anew, whatever it says by now.
   */
  #isSame({ deck, digest }: DeckUpload, chosen: ChosenDeck): boolean {
    if (chosen.kind !== "pdf") return true;
    if (digest !== undefined && chosen.digest !== undefined) return digest === chosen.digest;
    return this.#begun.find(chosen.file) === deck.id;
  }

  async #bring(chosen: ChosenDeck, upload: DeckUpload, signal: AbortSignal): Promise<void> {
    const { id, title } = upload.deck;
    this.#begin({ ...chosen, title });
    this.view.set({ deck: id });
    this.#begun.keep(chosen.file, id);
    try {
      await this.#sendAll(chosen, upload, signal);
    } catch (error) {
      // What was called off or is no deck leaves nothing behind; what only failed goes on when it is picked again.
      const isUnwanted = signal.aborted && signal.reason !== LEFT;
      if (isUnwanted || toRevintError(error).code === "deck_not_valid") await this.#undo(id);
      throw error;
    } finally {
      this.view.set({ deck: undefined });
      if (signal.reason !== LEFT) await this.#options.onChange();
    }
    // Told when it stands in the list: whoever hears of it goes on from there.
    this.#begun.forget(id);
    this.view.set({ made: id, notice: words.done(title) });
  }

  async #sendAll(chosen: ChosenDeck, begun: DeckUpload, signal: AbortSignal): Promise<void> {
    let upload = begun;
    for (let looks = 0; ; looks++) {
      try {
        await this.#sendMissing(chosen, upload, signal);
        this.view.set({ phase: "finishing" });
        await this.#persist(() => this.#service.finish(upload.deck.id), signal);
        return;
      } catch (error) {
        // It has not what we took it to have, such as after two browsers have sent the same deck.
        if (toRevintError(error).code !== "conflict" || looks >= MOST_LOOKS) throw error;
        this.view.set({ phase: "sending" });
        upload = await this.#persist(() => this.#service.look(upload.deck.id), signal);
        if (upload.deck.status === "ready") return;
      }
    }
  }

  async #sendMissing(chosen: ChosenDeck, upload: DeckUpload, signal: AbortSignal): Promise<void> {
    let done = 0;
    for (const { isThere, content, put } of this.#listPieces(chosen, upload)) {
      const before = done;
      if (!isThere) {
        await this.#persist(() => put({ signal, onProgress: (bytes) => this.#tell(before + bytes) }), signal);
      }
      done += content.size;
      this.#tell(done);
    }
  }

  /** Pictures first, so that whatever is refused among them is refused soon. */
  #listPieces({ kind, file, pictures }: ChosenDeck, { deck, partBytes, parts, files }: DeckUpload) {
    const count = Math.ceil(file.size / partBytes);
    return [
      ...pictures.map((content) => {
        const name = getPictureName(content);
        const put = (sending: Sending) => this.#service.putPicture(deck.id, name, content, sending);
        return { isThere: files.includes(name), content, put };
      }),
      ...Array.from({ length: count }, (_, index) => {
        const content = file.slice(index * partBytes, (index + 1) * partBytes);
        const put = (sending: Sending) => this.#service.putPart(deck.id, index + 1, content, sending);
        // A text is small, and easily changed without becoming longer: it is always sent anew.
        return { isThere: kind === "pdf" && parts.includes(index + 1), content, put };
      }),
    ];
  }

  #tell(sent: number): void {
    const now = performance.now();
    const { total, told } = this.view.get();
    const isTime = now - this.#toldAt >= TELL_MS;
    if (isTime) this.#toldAt = now;
    this.view.set({ sent, told: isTime ? toPercent(sent, total) : told });
  }

  /** Until it is done or refused for good, however long the network is away. */
  async #persist<T>(does: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const backoff = new Backoff();
    const { phase } = this.view.get();
    for (;;) {
      try {
        const result = await does();
        if (this.view.get().phase === "waiting") this.view.set({ phase });
        return result;
      } catch (thrown) {
        const error = toRevintError(thrown);
        if (signal.aborted || !isTransient(error)) throw error;
        this.view.set({ phase: "waiting" });
        await this.#pause.wait(backoff.next(error.retryAfter));
        if (signal.aborted) throw error;
      }
    }
  }

  /** Where it is lost, the service removes within a day what nobody goes on with. */
  async #undo(id: string): Promise<void> {
    this.#begun.forget(id);
    const isGone = await this.#service.remove(id).then(
      () => true,
      (error: unknown) => toRevintError(error).code === "deck_not_found",
    );
    this.view.set({ notice: isGone ? words.cancelled : words.stopped });
  }

  /** What has a reason of its own. @throws whatever is told as everywhere */
  #explain(error: unknown, signal: AbortSignal): Partial<Action> {
    if (signal.aborted) return { notice: this.view.get().notice ?? words.cancelled };
    this.view.set({ notice: undefined });
    if (error instanceof RefusedDeck) return { problem: words.refused[error.reason](error.file) };
    if (error instanceof RevintError && error.code === "deck_not_valid") {
      // The service says it in words for whoever made the deck, with the line.
      return { problem: words.notValid(error.message.slice(`${error.code}: `.length)) };
    }
    throw error;
  }
}

/** Whether this is the file of which that deck was to be made, as far as their sizes tell. */
function isOf({ deck, files }: DeckUpload, { kind, file, pages, pictures }: ChosenDeck): boolean {
  if (deck.status !== "uploading" || deck.kind !== kind) return false;
  if (deck.pages !== null && pages !== undefined && deck.pages !== pages) return false;
  const there = pictures.filter((picture) => files.includes(getPictureName(picture)));
  return deck.bytes === there.reduce((sum, { size }) => sum + size, file.size);
}

/** How much of it has left, in whole percent. */
export const toPercent = (sent: number, total: number): number =>
  total === 0 ? 0 : Math.floor((100 * sent) / total);
