import { afterEach, expect, test, vi } from "vitest";
import { createTalk } from "./talk-service.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a new talk is of today as its host's clock has it: the service knows only what day it is in Greenwich", async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 20, 0, 30), toFake: ["Date"] });
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (_: string, { body }: { readonly body: string }) => {
    sent.push(JSON.parse(body));
    const known = { id: "talk", name: "Waves", date: "2026-11-20", sessionUid: "uid" };
    return Response.json({ talk: { ...known, status: "upcoming", createdAt: 1 } }, { status: 201 });
  });
  expect(await createTalk("Waves", null)).toMatchObject({ id: "talk", date: "2026-11-20" });
  vi.setSystemTime(new Date(2026, 10, 20, 23, 30));
  await createTalk("Waves", null);
  expect(sent).toEqual([
    { name: "Waves", date: "2026-11-20", deck: null },
    { name: "Waves", date: "2026-11-20", deck: null },
  ]);
});
