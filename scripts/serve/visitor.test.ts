import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { VisitorReader } from "./visitor.ts";

/** A request from an address, with what it says of itself. */
function from(remoteAddress: string, headers: IncomingMessage["headers"] = {}) {
  const socket = Object.defineProperty(new Socket(), "remoteAddress", { value: remoteAddress });
  return { socket, headers: { host: "talks.example.org", ...headers } };
}

const FORGED = {
  "x-forwarded-for": "203.0.113.7",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "evil.example",
};

describe("without a proxy that is believed", () => {
  const reader = new VisitorReader({ trusted: [], publicUrl: undefined, isTls: false });

  test("a visitor is who they are, whatever they say", () => {
    const visit = { address: "198.51.100.1", origin: "http://talks.example.org" };
    expect(reader.read(from("198.51.100.1", FORGED))).toEqual(visit);
    expect(reader.read(from("127.0.0.1", FORGED))).toEqual({ ...visit, address: "127.0.0.1" });
  });

  test("an IPv4 address is one, also on a socket for both", () => {
    expect(reader.read(from("::ffff:198.51.100.1"))?.address).toBe("198.51.100.1");
  });

  test.each(["", "a b", "talks.example.org/path", "user@host", "[::1", "talks.example.org:99999"])(
    "a request for %j is for nobody here",
    (host) => {
      expect(reader.read(from("198.51.100.1", { host }))).toBeUndefined();
    },
  );
});

describe("behind proxies that are believed", () => {
  const trusted = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"];
  const reader = new VisitorReader({ trusted, publicUrl: undefined, isTls: false });

  test("a visitor is whom the proxy saw, at the address that they opened", () => {
    const headers = {
      "x-forwarded-for": "198.51.100.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "talks.example.org:8443",
    };
    const visit = { address: "198.51.100.1", origin: "https://talks.example.org:8443" };
    for (const proxy of ["127.0.0.1", "::ffff:10.1.2.3", "fd00::1"])
      expect(reader.read(from(proxy, headers))).toEqual(visit);
  });

  test("what a visitor has put in front of what the proxies saw counts nothing", () => {
    const chain = { "x-forwarded-for": "203.0.113.7, 198.51.100.1, 10.0.0.2" };
    expect(reader.read(from("127.0.0.1", chain))?.address).toBe("198.51.100.1");
  });

  test.each([["nonsense"], [""], ["198.51.100.1, nonsense"]])(
    "of %j the last that is an address counts",
    (list) => {
      expect(reader.read(from("10.0.0.1", { "x-forwarded-for": list }))?.address).toBe("10.0.0.1");
    },
  );

  test("a visitor who comes past the proxy is not believed", () => {
    expect(reader.read(from("198.51.100.9", FORGED))).toEqual({
      address: "198.51.100.9",
      origin: "http://talks.example.org",
    });
  });
});

test("a public URL is where everybody is, whatever a request names", () => {
  const publicUrl = "https://talks.example.org";
  const reader = new VisitorReader({ trusted: ["127.0.0.1"], publicUrl, isTls: false });
  expect(reader.read(from("127.0.0.1", FORGED))?.origin).toBe(publicUrl);
  expect(reader.read(from("198.51.100.1", { host: "evil.example" }))?.origin).toBe(publicUrl);
});

test("with TLS of its own, links say so", () => {
  const reader = new VisitorReader({ trusted: [], publicUrl: undefined, isTls: true });
  expect(reader.read(from("198.51.100.1"))?.origin).toBe("https://talks.example.org");
});
