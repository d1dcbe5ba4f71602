import { afterEach, expect, test, vi } from "vitest";
import { act } from "../../ui/action.ts";
import { nameProblem } from "../name-problem.ts";
import type { Work } from "../work.ts";
import { DeckList } from "./deck-list.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const work: Work = async (store, does) => {
  let isDone = false;
  await act(store, nameProblem, async () => {
    await does();
    isDone = true;
  });
  return isDone;
};

/** An account with these decks, two on a page. @returns what was asked, in order */
function serve(ids: readonly string[], failing?: string): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const from = Number(/cursor=(\d+)/.exec(path)?.[1] ?? 0);
    if (ids[from] === failing) return Response.json({ code: "unavailable" }, { status: 503 });
    const deck = { title: "Deck", kind: "pdf", status: "ready", pages: 1, bytes: 1, createdAt: 1 };
    const decks = ids.slice(from, from + 2).map((id) => ({ ...deck, id }));
    return Response.json({ decks, ...(from + 2 < ids.length && { cursor: `${from + 2}` }) });
  });
  return asked;
}

const listed = (decks: DeckList) => decks.view.get().list?.map(({ id }) => id);
const create = () => new DeckList(work, "account", async () => {});

test("whoever chooses a deck may choose every one, and reads what is known no more", async () => {
  const asked = serve(["a", "b", "c", "d", "e"]);
  const decks = create();
  await decks.readAll();
  expect(listed(decks)).toEqual(["a", "b", "c", "d", "e"]);
  await decks.readAll();
  expect(asked.length).toBe(3);
});

test("a change that comes while something else is on its way is read when that is done, which keeps its notice", async () => {
  const ids = ["a"];
  serve(ids);
  const decks = create();
  await decks.read();
  const [deck] = decks.view.get().list ?? [];
  if (!deck) throw new Error("nothing is listed");
  const listing = globalThis.fetch;
  const renamed = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", (path: string, options: RequestInit) =>
    options.method === "PATCH" ? renamed.promise : listing(path, options),
  );
  const renaming = decks.rename(deck, "B");
  ids.unshift("b");
  const reading = decks.read();
  renamed.resolve(Response.json({ deck: { ...deck, title: "B" } }));
  await Promise.all([renaming, reading]);
  expect(listed(decks)).toEqual(["b", "a"]);
  expect(decks.view.get()).toMatchObject({ isBusy: false, notice: expect.any(String) });
});

test("a page that can't be read is asked for once, and again when somebody looks the next time", async () => {
  const asked = serve(["a", "b", "c"], "c");
  const decks = create();
  await decks.readAll();
  expect([listed(decks), asked.length]).toEqual([["a", "b"], 2]);
  await decks.readAll();
  expect(asked.length).toBe(3);
});
