import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Deck, DeckUpload, NewDeck } from "../../../shared/protocol/host/deck.ts";
import { RevintError } from "../../client/error.ts";
import type { ClientStorage } from "../../client/session.ts";
import { SafeStorage } from "../../client/storage.ts";
import { act } from "../../ui/action.ts";
import { nameProblem } from "../name-problem.ts";
import type { Work } from "../work.ts";
import { BegunUploads } from "./begun-uploads.ts";
import { Draft } from "./draft.ts";
import { type Phase, Upload } from "./upload.ts";
import type { Sending, UploadService } from "./upload-service.ts";

const PART = 4;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Keeps decks as the service does, and fails when the test says so. */
class ScriptedService implements UploadService {
  readonly uploads = new Map<
    string,
    { deck: Deck; parts: Map<number, string>; files: Map<string, string>; digest: string | undefined }
  >();
  /** What was asked, in order. */
  readonly asked: string[] = [];
  /** The next answers, instead of good ones: by what is asked. */
  readonly failures = new Map<string, RevintError[]>();
  /** Called when a part comes, before it is kept. */
  onPart: (sending: Sending) => void = () => {};
  #decks = 0;

  async create({ title, kind, bytes, pages, digest }: NewDeck): Promise<DeckUpload> {
    this.#ask("create");
    const id = `deck-${++this.#decks}`;
    const deck: Deck = { id, title, kind, bytes, pages: pages ?? null, status: "uploading", createdAt: 1 };
    this.uploads.set(id, { deck, parts: new Map(), files: new Map(), digest });
    return this.#tell(id);
  }

  async look(deck: string): Promise<DeckUpload> {
    this.#ask(`look ${deck}`);
    return this.#tell(deck);
  }

  async putPart(deck: string, number: number, content: Blob, sending: Sending): Promise<void> {
    this.#ask(`part ${number}`);
    sending.onProgress(content.size - 1);
    this.onPart(sending);
    if (sending.signal.aborted) throw new RevintError("network", "called off");
    this.#find(deck).parts.set(number, await content.text());
  }

  async putPicture(deck: string, name: string, content: Blob): Promise<void> {
    this.#ask(`picture ${name}`);
    this.#find(deck).files.set(name, await content.text());
  }

  async finish(deck: string): Promise<Deck> {
    this.#ask(`finish ${deck}`);
    const upload = this.#find(deck);
    upload.deck = { ...upload.deck, status: "ready" };
    return upload.deck;
  }

  async remove(deck: string): Promise<void> {
    this.#ask(`remove ${deck}`);
    this.uploads.delete(deck);
  }

  content(deck: string): string {
    return [...this.#find(deck).parts].map(([, text]) => text).join("");
  }

  #find(deck: string) {
    const upload = this.uploads.get(deck);
    if (!upload) throw new RevintError("deck_not_found", "it is gone", { status: 404 });
    return upload;
  }

  #tell(id: string): DeckUpload {
    const { deck, parts, files, digest } = this.#find(id);
    return { deck, partBytes: PART, parts: [...parts.keys()], files: [...files.keys()], digest };
  }

  #ask(what: string): void {
    this.asked.push(what);
    const failure = this.failures.get(what)?.shift();
    if (failure) throw failure;
  }
}

const lost = () => new RevintError("network", "no connection");

function createStorage(): SafeStorage {
  const items = new Map<string, string>();
  const storage: ClientStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  return new SafeStorage(storage);
}

const work: Work = async (store, does, own) => {
  let isDone = false;
  await act(
    store,
    (error) => nameProblem(error, own),
    async () => {
      await does();
      isDone = true;
    },
  );
  return isDone;
};

/**
 * A page of the console; with the same service and storage, the same page after a reload.
 * @param hasDigests whether its browser can compute any
 */
function createUpload(service = new ScriptedService(), storage = createStorage(), hasDigests = true) {
  let changes = 0;
  const upload = new Upload(work, {
    account: "ada",
    list: () => [...service.uploads.values()].map(({ deck }) => deck),
    onChange: async () => void changes++,
    service,
    begun: new BegunUploads(storage),
    draft: new Draft("ada", storage),
    read: async (files) => {
      const [file, ...pictures] = files;
      if (!file) throw new Error("no file");
      const kind = file.name.endsWith(".pdf") ? "pdf" : "markdown";
      const digest = hasDigests ? await file.text() : undefined;
      const pages = kind === "pdf" ? { pages: 2, digest } : {};
      return { kind, title: file.name, file, pictures, ...pages };
    },
  });
  const phases: Phase[] = [];
  upload.view.watch(() => {
    const { phase } = upload.view.get();
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  return { upload, service, storage, phases, countChanges: () => changes };
}

const pdf = (content = "0123456789", lastModified = 1) => new File([content], "talk.pdf", { lastModified });

test("what was chosen waits for its title, and is sent part by part", async () => {
  const { upload, service, phases, countChanges } = createUpload();
  await upload.pick([pdf()]);
  expect(upload.view.get()).toMatchObject({ phase: "chosen", isBusy: false, chosen: { title: "talk.pdf" } });
  expect(service.asked).toEqual([]);
  await upload.send("  Waves ");
  expect(service.asked).toEqual(["create", "part 1", "part 2", "part 3", "finish deck-1"]);
  expect(service.content("deck-1")).toBe("0123456789");
  expect(service.uploads.get("deck-1")?.deck).toMatchObject({ title: "Waves", bytes: 10, pages: 2 });
  expect(phases).toEqual(["reading", "chosen", "sending", "finishing", "idle"]);
  expect(upload.view.get()).toMatchObject({
    made: "deck-1",
    notice: "“Waves” is ready.",
    problem: undefined,
  });
  expect(countChanges()).toBe(1);
});

test("progress counts bytes within a part, and is read out only now and then", async () => {
  const { upload, service } = createUpload();
  const seen: unknown[] = [];
  service.onPart = () => {
    vi.advanceTimersByTime(3000);
    const { sent, told, total } = upload.view.get();
    seen.push([sent, told, total]);
  };
  await upload.pick([pdf()]);
  await upload.send("Waves");
  expect(seen).toEqual([
    [3, 0, 10],
    [7, 0, 10],
    [9, 80, 10],
  ]);
});

test("pictures go first, by the names that Markdown has for them", async () => {
  const { upload, service } = createUpload();
  await upload.pick([new File(["# Hi"], "talk.md"), new File(["x"], "u\u0308ber.png")]);
  await upload.send("Waves");
  expect(service.asked).toEqual(["create", "picture über.png", "part 1", "finish deck-1"]);
});

test("a lost network is waited for, and only the part that was lost is sent again", async () => {
  const { upload, service, phases } = createUpload();
  service.failures.set("part 2", [lost(), new RevintError("unavailable", "", { status: 503 })]);
  service.failures.set("finish deck-1", [lost()]);
  await upload.pick([pdf()]);
  const sent = upload.send("Waves");
  await vi.runAllTimersAsync();
  await sent;
  expect(service.asked).toEqual([
    ...["create", "part 1", "part 2", "part 2", "part 2", "part 3", "finish deck-1", "finish deck-1"],
  ]);
  expect(phases).toEqual([
    ...["reading", "chosen", "sending", "waiting", "sending", "finishing", "waiting", "finishing", "idle"],
  ]);
  expect(upload.view.get().made).toBe("deck-1");
});

test("a refusal is final, and says what to do; the same file goes on later", async () => {
  const { upload, service, storage } = createUpload();
  service.failures.set("part 2", [new RevintError("not_signed_in", "", { status: 401 })]);
  await upload.pick([pdf()]);
  await upload.send("Waves");
  expect(upload.view.get()).toMatchObject({
    ...{ phase: "idle", made: undefined },
    problem: "You are not signed in any more. Sign in to go on.",
  });
  service.asked.length = 0;
  const { upload: next } = createUpload(service, storage);
  await next.pick([pdf()]);
  expect(service.asked).toEqual(["look deck-1", "part 2", "part 3", "finish deck-1"]);
  expect(service.content("deck-1")).toBe("0123456789");
  expect(next.view.get().notice).toBe("“Waves” is ready.");
});

test("a deck that could not be made keeps what was chosen", async () => {
  const { upload, service } = createUpload();
  service.failures.set("create", [lost()]);
  await upload.pick([pdf()]);
  await upload.send("Waves");
  expect(upload.view.get()).toMatchObject({ phase: "chosen", chosen: { title: "Waves" } });
  expect(upload.view.get().problem).toContain("could not be reached");
  await upload.send("Waves");
  expect(service.uploads.size).toBe(1);
  expect(upload.view.get().made).toBe("deck-1");
});

/** A deck of which the first part is there, and then its page was closed. */
async function interrupt(file: File) {
  const page = createUpload();
  page.service.failures.set("part 2", [new RevintError("invalid_request", "", { status: 400 })]);
  await page.upload.pick([file]);
  await page.upload.send(file.name);
  page.service.asked.length = 0;
  return page;
}

test("another file of the same name is another deck", async () => {
  const { service, storage } = await interrupt(pdf());
  const { upload } = createUpload(service, storage);
  await upload.pick([pdf("01234567890")]);
  expect(upload.view.get().phase).toBe("chosen");
  upload.cancel();
  // As long as the one before, and changed since.
  await upload.pick([pdf("987654321", 2)]);
  expect(upload.view.get().phase).toBe("chosen");
  upload.cancel();
  expect(upload.view.get().phase).toBe("idle");
});

test("a deck that was begun in another browser goes on with a file of its title and size", async () => {
  const { service } = await interrupt(pdf());
  const { upload } = createUpload(service);
  await upload.pick([pdf("0123456789", 7)]);
  expect(service.asked).toEqual(["look deck-1", "part 2", "part 3", "finish deck-1"]);
});

test("a deck of the list goes on with its own file alone", async () => {
  const { service, storage } = await interrupt(pdf());
  const deck = service.uploads.get("deck-1")?.deck;
  const { upload } = createUpload(service, storage);
  upload.goOnWith(deck);
  await upload.pick([pdf("012")]);
  expect(upload.view.get().problem).toContain("This is not the file of “talk.pdf”");
  expect(service.uploads.size).toBe(1);
  upload.goOnWith(deck);
  await upload.pick([pdf("0123456789", 5)]);
  expect(upload.view.get()).toMatchObject({ made: "deck-1", problem: undefined });
});

test("another PDF of the same size, pages and title is not gone on with, also where it is named, or looks the same", async () => {
  const { service, storage } = await interrupt(pdf());
  const other = pdf("9876543210");
  for (const upload of [createUpload(service).upload, createUpload(service, storage).upload]) {
    await upload.pick([other]);
    expect(upload.view.get().phase).toBe("chosen");
    upload.cancel();
    upload.goOnWith(service.uploads.get("deck-1")?.deck);
    await upload.pick([other]);
    expect(upload.view.get().problem).toContain("This is not the file of “talk.pdf”");
  }
  expect([...(service.uploads.get("deck-1")?.parts ?? [])]).toEqual([[1, "0123"]]);
});

test("a browser without digests goes on with a file that it has begun with, and with none that only looks like it", async () => {
  const { service, storage } = await interrupt(pdf());
  const { upload: elsewhere } = createUpload(service, createStorage(), false);
  await elsewhere.pick([pdf()]);
  expect(elsewhere.view.get().phase).toBe("chosen");
  const { upload } = createUpload(service, storage, false);
  await upload.pick([pdf()]);
  expect(upload.view.get().made).toBe("deck-1");
});

test("a deck that was deleted meanwhile begins anew", async () => {
  const { service, storage } = await interrupt(pdf());
  service.uploads.clear();
  const { upload } = createUpload(service, storage);
  await upload.pick([pdf()]);
  expect(upload.view.get()).toMatchObject({ phase: "chosen", problem: undefined });
});

test("cancelled within a part, nothing of it is kept", async () => {
  const { upload, service, phases } = createUpload();
  service.onPart = () => upload.cancel();
  await upload.pick([pdf()]);
  await upload.send("Waves");
  expect(service.asked).toEqual(["create", "part 1", "remove deck-1"]);
  expect(phases.slice(-3)).toEqual(["sending", "stopping", "idle"]);
  expect(upload.view.get()).toMatchObject({
    ...{ problem: undefined, notice: "The upload was cancelled. Nothing of it is kept." },
  });
});

test("whose host has left, nothing more is sent, nothing is taken back, and it goes on when they are back", async () => {
  const { upload, service, storage, countChanges } = createUpload();
  service.onPart = () => {
    if (service.asked.at(-1) === "part 2") upload.leave();
  };
  await upload.pick([pdf()]);
  await upload.send("Waves");
  expect(service.asked).toEqual(["create", "part 1", "part 2"]);
  expect(countChanges()).toBe(0);
  service.asked.length = 0;
  service.onPart = () => {};
  const { upload: next } = createUpload(service, storage);
  await next.pick([pdf()]);
  expect(service.asked).toEqual(["look deck-1", "part 2", "part 3", "finish deck-1"]);
});

test("cancelled while the network is away, it says that something may be left", async () => {
  const { upload, service } = createUpload();
  service.failures.set("part 1", [lost()]);
  service.failures.set("remove deck-1", [lost()]);
  await upload.pick([pdf()]);
  const sent = upload.send("Waves");
  await vi.waitUntil(() => upload.view.get().phase === "waiting");
  upload.cancel();
  await sent;
  expect(upload.view.get().notice).toContain("removed within a day");
  expect(service.asked).toEqual(["create", "part 1", "remove deck-1"]);
});

test("a deck that is not valid is told in the service's words, and the mended file begins anew", async () => {
  const { upload, service } = createUpload();
  const detail = "line 7: revint-poll is no activity";
  service.failures.set("finish deck-1", [new RevintError("deck_not_valid", detail, { status: 422 })]);
  await upload.pick([new File(["0123456"], "talk.md")]);
  await upload.send("Waves");
  expect(upload.view.get().problem).toBe(`This can't be shown yet: ${detail}. Change that, and try again.`);
  expect(service.uploads.size).toBe(0);
  await upload.pick([new File(["0123457"], "talk.md")]);
  await upload.send("Waves");
  expect(service.content("deck-2")).toBe("0123457");
});

test("where the service misses a part that was sent, it is sent again", async () => {
  const { upload, service } = createUpload();
  service.failures.set("finish deck-1", [new RevintError("conflict", "1 part is missing", { status: 409 })]);
  service.onPart = () => {
    if (service.asked.at(-1) === "part 3") service.uploads.get("deck-1")?.parts.delete(2);
  };
  await upload.pick([pdf()]);
  await upload.send("Waves");
  expect(service.asked.slice(4)).toEqual(["finish deck-1", "look deck-1", "part 2", "finish deck-1"]);
  expect(upload.view.get().made).toBe("deck-1");
});

test("slides that are written here become a deck at once, and their draft stays until it is there", async () => {
  const { upload, service, storage } = createUpload();
  upload.setWriting(true);
  upload.draft.keep("# Mine");
  service.failures.set("finish deck-1", [new RevintError("deck_not_valid", "line 1: …", { status: 422 })]);
  await upload.write("# Mine");
  expect(upload.view.get()).toMatchObject({ phase: "idle", isWriting: true });
  const { upload: next } = createUpload(service, storage);
  expect(next.view.get().isWriting).toBe(true);
  expect(next.draft.get()).toBe("# Mine");
  await next.write("# Mine, mended");
  expect(service.content("deck-2")).toBe("# Mine, mended");
  expect(next.view.get()).toMatchObject({ isWriting: false, made: "deck-2" });
  expect(next.draft.get()).toBeUndefined();
});
