import { expect, test } from "vitest";
import { nameBrowser, shortenAddress } from "./visitor.ts";

test("an IPv4 address is one household, and of IPv6 every address with the same first half", () => {
  expect(shortenAddress("203.0.113.7")).toBe("203.0.113.7");
  expect(shortenAddress("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(shortenAddress("2001:DB8:0001:0002::1")).toBe("2001:db8:1:2::/64");
  expect(shortenAddress("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(shortenAddress("::1")).toBe("0:0:0:0::/64");
  expect(shortenAddress("::ffff:203.0.113.7")).toBe("203.0.113.7");
});

test("what is no address makes no long one", () => {
  expect(shortenAddress("")).toBe("unknown");
  expect(shortenAddress("x".repeat(500)).length).toBeLessThanOrEqual(45);
  expect(shortenAddress(`${":x".repeat(500)}::`).length).toBeLessThanOrEqual(45);
});

test("a browser is called what people call it", () => {
  const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
  expect(nameBrowser("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")).toBe(
    "Firefox on Android",
  );
  expect(
    nameBrowser(`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`),
  ).toBe("Edge on Windows");
  expect(
    nameBrowser("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"),
  ).toBe("Safari on iPhone");
  expect(nameBrowser("curl/8")).toBe("Another browser");
});
