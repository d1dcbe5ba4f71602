import { expect, test } from "vitest";
import { findPageTitle, type PageText } from "./page-title.ts";

const at = (y: number, size: number, text: string, x = 0): PageText => ({ text, size, x, y });

test("a page's title is its largest text near the top", () => {
  const page = [
    at(20, 10, "ACME · 2026"),
    at(80, 40, "Rooms scale"),
    at(200, 20, "One Durable Object each"),
    at(580, 10, "7"),
  ];
  expect(findPageTitle(page, 600)).toBe("Rooms scale");
});

test("its lines belong together, and its letters may be pieces of their own", () => {
  const page = [
    at(80, 40, "A tree"),
    at(80, 40, " ", 50),
    at(80.5, 40, "of", 60),
    at(130, 40, "rooms"),
    at(100, 20, "beside it", 600),
    at(400, 40, "Something else"),
    at(200, 20, "Text"),
  ];
  expect(findPageTitle(page, 1000)).toBe("A tree of rooms");
});

test("a page whose text stands below has that as its title", () => {
  expect(findPageTitle([at(500, 50, "Part two"), at(560, 10, "by Ada")], 600)).toBe("Part two");
});

test("a large figure far below does not take the title's place", () => {
  expect(findPageTitle([at(60, 30, "How many came"), at(500, 200, "1,204")], 600)).toBe("How many came");
});

test("a page without words has none, and ornaments are none", () => {
  expect(findPageTitle([], 600)).toBeUndefined();
  expect(findPageTitle([at(60, 80, "→"), at(60, 30, "•")], 600)).toBeUndefined();
});

test("a title is as long as phones are told", () => {
  expect(findPageTitle([at(60, 30, "x".repeat(5000))], 600)).toHaveLength(200);
});
