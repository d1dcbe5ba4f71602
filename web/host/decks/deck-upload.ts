import type { DeckUpload as Begun } from "../../../shared/protocol/host/deck.ts";
import { Backoff } from "../../client/backoff.ts";
import { isTransient, RevintError, toRevintError } from "../../client/error.ts";
import { Pause } from "../../client/pause.ts";
import { type Action, IDLE } from "../../ui/action.ts";
import { PdfError } from "../../ui/pdf.ts";
import { createStore } from "../../ui/store.ts";
import { host } from "../../words/en.ts";
import type { Work } from "../work.ts";
import { BegunUploads } from "./begun-uploads.ts";
import { type ChosenDeck, RefusedDeck, readChosenDeck } from "./chosen-deck.ts";
import { deleteDeck } from "./deck-service.ts";
import { createDeck, finishDeck, getUpload, putPart, putPicture } from "./upload-service.ts";

const words = host.decks.upload;

/** Parts on their way at once: one waits for its answer while the next one goes. */
const LANES = 2;

/** What is going on. `waiting`: the network is away, and it goes on by itself. */
type Phase = "idle" | "reading" | "sending" | "waiting" | "finishing";

interface UploadState extends Action {
  readonly phase: Phase;
  readonly title: string;
  /** Bytes that have left, and all there are. */
  readonly sent: number;
  readonly total: number;
}

const NOTHING = { phase: "idle", title: "", sent: 0, total: 0 } as const;

/** Brings one deck at a time along: looks at it, sends it in parts, and goes on after whatever interrupts it. */
export class DeckUpload {
  readonly view = createStore<UploadState>({ ...IDLE, ...NOTHING });
  readonly #work: Work;
  readonly #onDone: () => Promise<void>;
  readonly #begun = new BegunUploads();
  readonly #pauses = new Set<Pause>();
  #call = new AbortController();

  /** @param onDone the deck is there: whoever lists decks reads them anew */
  constructor(work: Work, onDone: () => Promise<void>) {
    this.#work = work;
    this.#onDone = onDone;
    addEventListener("online", () => this.#goOn());
  }

  /** What was picked or dropped at once. */
  async start(files: readonly File[]): Promise<void> {
    if (files.length === 0 || this.view.get().isBusy) return;
    this.#call = new AbortController();
    const { signal } = this.#call;
    this.view.set({ ...NOTHING, phase: "reading" });
    await this.#work(this.view, async () => {
      try {
        const chosen = await readChosenDeck(files);
        if (signal.aborted) return;
        await this.#bring(chosen, signal);
      } catch (error) {
        this.view.set(this.#explain(error, signal));
      }
    });
    this.view.set({ ...NOTHING });
  }

  /** Stops it, and takes back what was sent. */
  cancel(): void {
    this.#call.abort();
    this.#goOn();
  }

  async #bring(chosen: ChosenDeck, signal: AbortSignal): Promise<void> {
    const { file, title, pictures } = chosen;
    const total = [file, ...pictures].reduce((sum, { size }) => sum + size, 0);
    this.view.set({ phase: "sending", title, total });
    const upload = await this.#begin(chosen);
    const { id } = upload.deck;
    try {
      await this.#send(chosen, upload, signal);
      this.view.set({ phase: "finishing", sent: total });
      const { title } = await this.#persist(() => finishDeck(id), signal);
      this.#begun.forget(id);
      this.view.set({ notice: words.done(title) });
      await this.#onDone();
    } catch (error) {
      // What was called off or is no deck leaves nothing behind; what only failed goes on when it is picked again.
      if (signal.aborted || toRevintError(error).code === "deck_not_valid") await this.#undo(id);
      throw error;
    }
  }

  /** What was begun with this very file goes on. */
  async #begin({ kind, title, file, pages }: ChosenDeck): Promise<Begun> {
    const begun = this.#begun.find(file);
    if (begun !== undefined) {
      const upload = await getUpload(begun).catch((error) => {
        if (toRevintError(error).code === "deck_not_found") return undefined;
        throw error;
      });
      if (upload?.deck.status === "uploading") return upload;
      this.#begun.forget(begun);
    }
    const upload = await createDeck({ kind, title, bytes: file.size, ...(pages !== undefined && { pages }) });
    this.#begun.keep(file, upload.deck.id);
    return upload;
  }

  async #send({ file, pictures }: ChosenDeck, { deck, ...there }: Begun, signal: AbortSignal): Promise<void> {
    const count = Math.ceil(file.size / there.partBytes);
    const parts = Array.from({ length: count }, (_, index) => ({
      isThere: there.parts.includes(index + 1),
      content: file.slice(index * there.partBytes, (index + 1) * there.partBytes),
      put: (content: Blob, onProgress: (bytes: number) => void) =>
        putPart(deck.id, index + 1, content, { signal, onProgress }),
    }));
    const files = pictures.map((picture) => ({
      isThere: there.files.includes(picture.name),
      content: picture,
      put: (_: Blob, onProgress: (bytes: number) => void) =>
        putPicture(deck.id, picture, { signal, onProgress }),
    }));
    const pieces = [...files, ...parts];
    const sent = pieces.map(({ isThere, content }) => (isThere ? content.size : 0));
    const add = (index: number, bytes: number) => {
      sent[index] = bytes;
      this.view.set({ sent: sent.reduce((sum, bytes) => sum + bytes, 0) });
    };
    const missing = [...pieces.entries()].filter(([, { isThere }]) => !isThere);
    const lane = async () => {
      for (let next = missing.shift(); next; next = missing.shift()) {
        const [index, { content, put }] = next;
        await this.#persist(() => put(content, (bytes) => add(index, bytes)), signal);
        add(index, content.size);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  /** Until it is done or refused for good, however long the network is away. */
  async #persist<T>(does: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const backoff = new Backoff();
    const pause = new Pause();
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
        this.#pauses.add(pause);
        await pause.wait(backoff.next(error.retryAfter));
        this.#pauses.delete(pause);
        if (signal.aborted) throw error;
      }
    }
  }

  #goOn(): void {
    for (const pause of this.#pauses) pause.skip();
  }

  async #undo(id: string): Promise<void> {
    this.#begun.forget(id);
    // Where this is lost, the list has it as not complete, with a button to delete it.
    await deleteDeck(id).catch(() => undefined);
  }

  /** What has a reason of its own. @throws whatever is told as everywhere */
  #explain(error: unknown, signal: AbortSignal): Partial<Action> {
    if (signal.aborted) return { notice: words.cancelled };
    if (error instanceof RefusedDeck) return { problem: words.refused[error.reason](error.file) };
    if (error instanceof PdfError) return { problem: words.noReader };
    if (error instanceof RevintError && error.code === "deck_not_valid") {
      // The service says it in words for whoever made the deck, with the line.
      return { problem: words.notValid(error.message.replace(/^\w+: /, "")) };
    }
    throw error;
  }
}
