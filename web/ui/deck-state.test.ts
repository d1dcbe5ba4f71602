import { expect, test } from "vitest";
import { byteLength } from "../../shared/protocol/text.ts";
import { getPage, isUntouched, readDeckState, writeDeckState } from "./deck-state.ts";

test("what a deck writes is what others read", () => {
  const state = {
    h: 2,
    v: 1,
    f: -1,
    id: "why rooms",
    slides: 12,
    title: "Title",
    subtitle: "Below",
    overview: true,
    paused: true,
    lightbox: 0,
    hold: true,
  };
  expect(readDeckState(writeDeckState(state))).toEqual(state);
  expect(getPage(state)).toBe("2.1");
});

test("what is not set is not sent", () => {
  expect(writeDeckState({ h: 0, v: 0, hold: false, paused: false, title: "" })).toBe('{"h":0,"v":0}');
});

test("the longest titles fit into a state, whatever they hold", () => {
  for (const character of ["x", "\u0001", "🤯", '"', "\ud800", "\0"]) {
    const long = character.repeat(5000);
    const state = writeDeckState({ h: 999, v: 999, f: 999, title: long, subtitle: long, hold: true });
    expect(byteLength(state)).toBeLessThanOrEqual(4096);
    expect(state.isWellFormed()).toBe(true);
  }
});

test("a slide's id is sent whole or not at all", () => {
  for (const id of ["x".repeat(201), " around ", "line\nbreak", "\0", "\ud800"]) {
    expect(readDeckState(writeDeckState({ h: 0, v: 0, id })).id).toBeUndefined();
  }
  const [longest, long] = ["\u0001".repeat(200), "\u0001".repeat(5000)];
  const state = writeDeckState({
    h: 999,
    v: 999,
    f: 999,
    id: longest,
    slides: 9999,
    title: long,
    subtitle: long,
    hold: true,
  });
  expect(readDeckState(state).id).toBe(longest);
  expect(byteLength(state)).toBeLessThanOrEqual(4096);
});

test("a text of another host becomes the title", () => {
  expect(readDeckState("Welcome,\n all of you")).toEqual({ title: "Welcome, all of you" });
  expect(readDeckState("[1,2]")).toEqual({ title: "[1,2]" });
  expect(readDeckState(" ")).toEqual({});
});

test("fields of a wrong kind are left out", () => {
  const state = readDeckState('{"h":-1,"v":"1","f":1.5,"title":["x"],"subtitle":"","hold":1,"paused":"yes"}');
  expect(state).toEqual({ overview: false, paused: false, hold: false });
});

test("a session is untouched until its host has said something", () => {
  expect(isUntouched("0", "init")).toBe(true);
  expect(isUntouched("0.0", "init")).toBe(false);
});
