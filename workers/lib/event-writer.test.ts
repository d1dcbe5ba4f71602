import { expect, test, vi } from "vitest";
import { EventWriter } from "./event-writer.ts";

const open = (options: Partial<ConstructorParameters<typeof EventWriter>[0]> = {}) => {
  const onLeave = vi.fn();
  const writer = new EventWriter({ heartbeatMs: 60_000, maxUnread: 1000, onLeave, ...options });
  return { writer, onLeave };
};

const readAll = ({ readable }: EventWriter) => new Response(readable).text();

test("what is sent is read as server-sent events, in order, until it is ended", async () => {
  const { writer, onLeave } = open();
  const text = readAll(writer);
  writer.send("status", { status: "queued" });
  writer.send("status", { status: "done" });
  writer.end();
  writer.send("status", { status: "none" });
  expect(await text).toBe(
    'event: status\ndata: {"status":"queued"}\n\nevent: status\ndata: {"status":"done"}\n\n',
  );
  expect(onLeave).not.toHaveBeenCalled();
});

test("a quiet stream is kept open by comments", async () => {
  const { writer } = open({ heartbeatMs: 1 });
  const reader = writer.readable.getReader();
  const { value } = await reader.read();
  expect(new TextDecoder().decode(value)).toBe(": still here\n\n");
  writer.end();
});

test("a reader that goes is told of once, and nothing more is written", async () => {
  const { writer, onLeave } = open();
  await writer.readable.cancel();
  await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
  writer.send("status", {});
  writer.end();
  expect(onLeave).toHaveBeenCalledOnce();
});

test("a reader that reads nothing is given up", async () => {
  const { writer, onLeave } = open();
  writer.send("status", { text: "x".repeat(600) });
  expect(onLeave).not.toHaveBeenCalled();
  writer.send("status", { text: "x".repeat(600) });
  expect(onLeave).toHaveBeenCalledOnce();
  await expect(readAll(writer)).rejects.toThrow();
});
