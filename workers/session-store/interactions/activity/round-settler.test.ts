import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NOW } from "../../test-session.ts";
import { RoundSettler } from "./round-settler.ts";
import { openBoard } from "./test-activities.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const board = openBoard();
  const rooms = { isOut: false, recounts: 0 };
  const settler = new RoundSettler({
    board: board.board,
    recount: async () => {
      rooms.recounts++;
      const unsettled = board.board.listUnsettled();
      if (rooms.isOut) throw new Error("out");
      await Promise.resolve();
      board.board.settle(unsettled, Date.now());
    },
    guard: () => {},
  });
  board.write("poll");
  board.open("poll");
  return { ...board, rooms, settler };
}

test("as long as nothing is over, nobody counts anew", async () => {
  const { rooms, settler } = open();
  settler.schedule();
  await vi.advanceTimersByTimeAsync(5000);
  expect([rooms.recounts, settler.isPending]).toEqual([0, false]);
});

test("a round that is over is final once all rooms have answered; until then they are asked again", async () => {
  const { close, read, rooms, settler } = open();
  rooms.isOut = true;
  close("poll");
  settler.schedule();
  await vi.advanceTimersByTimeAsync(60_500);
  // At once, after 1, 2, 4, 8 and 16 seconds, and then every 30.
  expect([rooms.recounts, settler.isPending, read("poll").rounds[0]?.isFinal]).toEqual([6, true, false]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(rooms.recounts).toBe(7);
  rooms.isOut = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect([settler.isPending, read("poll").rounds[0]?.isFinal]).toEqual([false, true]);
});
