import { expect, test } from "vitest";
import { namePage, nameSlide } from "./page-name.ts";

test("people count slides from one, and stacks by their own", () => {
  expect(["0.0", "4.0", "4.2", "vote"].map(namePage)).toEqual(["1", "5", "5.3", "vote"]);
});

test("before the deck has said where it is, there is no slide 0", () => {
  expect(["0", "0.0", "vote"].map(nameSlide)).toEqual(["Before the first slide", "Slide 1", "Slide vote"]);
});
