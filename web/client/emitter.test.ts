import { afterEach, expect, test, vi } from "vitest";
import { Emitter } from "./emitter.ts";

interface Events {
  page: string;
  end: undefined;
}

afterEach(() => vi.restoreAllMocks());

test("a listener hears until it stops", () => {
  const emitter = new Emitter<Events>();
  const heard: string[] = [];
  const stop = emitter.on("page", (page) => heard.push(page));
  emitter.emit("page", "1");
  stop();
  emitter.emit("page", "2");
  expect(heard).toEqual(["1"]);
});

test("a listener that throws is reported, and the others still hear", () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const emitter = new Emitter<Events>();
  const heard: string[] = [];
  emitter.on("page", () => {
    throw new Error("a bug");
  });
  emitter.on("page", (page) => heard.push(page));
  emitter.emit("page", "1");
  expect(heard).toEqual(["1"]);
  expect(said).toHaveBeenCalledOnce();
});

test("a listener may stop itself, or another, while it hears", () => {
  const emitter = new Emitter<Events>();
  const heard: string[] = [];
  const stop = emitter.on("end", () => {
    heard.push("first");
    stop();
  });
  emitter.on("end", () => heard.push("second"));
  emitter.emit("end", undefined);
  emitter.emit("end", undefined);
  expect(heard).toEqual(["first", "second", "second"]);
});
