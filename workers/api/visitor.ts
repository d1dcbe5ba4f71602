import type { Context } from "hono";
import type { Visitor } from "../lib/host-account.ts";
import type { RequestEnv } from "./request-env.ts";

/** What a browser says of itself, of which the first that it names is what people call it. */
const BROWSERS: readonly (readonly [string, string])[] = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["SamsungBrowser", "Samsung Internet"],
  ["Firefox", "Firefox"],
  ["FxiOS", "Firefox"],
  ["CriOS", "Chrome"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
];
const SYSTEMS: readonly (readonly [string, string])[] = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["CrOS", "ChromeOS"],
  ["Windows", "Windows"],
  ["Mac OS", "Mac"],
  ["Linux", "Linux"],
];

/** Where a request comes from: the address as Cloudflare saw it, which no client can choose. On one's own computer one can. */
export const readVisitor = (c: Context<RequestEnv>): Visitor => ({
  browser: nameBrowser(c.req.header("User-Agent") ?? ""),
  address: shortenAddress(c.req.header("CF-Connecting-IP") ?? ""),
});

/** "Firefox on Android" */
export function nameBrowser(userAgent: string): string {
  const find = (names: typeof BROWSERS) => names.find(([mark]) => userAgent.includes(mark))?.[1];
  const browser = find(BROWSERS) ?? "Another browser";
  const system = find(SYSTEMS);
  return system === undefined ? browser : `${browser} on ${system}`;
}

/**
 * One household, as far as an address says: of IPv6 the first half, since whoever has one address there has all the
 * others of that half.
 */
export function shortenAddress(address: string): string {
  if (!address.includes(":")) return address.slice(0, 45) || "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [start = "", end] = address.toLowerCase().split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const before = groups(start);
  const after = end === undefined ? [] : groups(end);
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  const half = [...before, ...zeros, ...after].slice(0, 4);
  return `${half.map((group) => group.slice(0, 4).replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
