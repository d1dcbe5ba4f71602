import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readServeOptions } from "./options.ts";

test("what nobody says is safe: this machine alone, accounts for those invited, no proxy believed", () => {
  expect(readServeOptions([])).toEqual({
    port: 8787,
    host: "127.0.0.1",
    data: resolve("data"),
    "trust-proxy": [],
    "sign-up": "invited",
    grace: 5,
    build: false,
  });
});

test("a public URL is an origin, and proxies are a list", () => {
  const args = [
    "--public-url",
    "https://Talks.example.org/",
    "--trust-proxy",
    "127.0.0.1,10.0.0.0/8,fd00::/8",
  ];
  expect(readServeOptions(args)).toMatchObject({
    "public-url": "https://talks.example.org",
    "trust-proxy": ["127.0.0.1", "10.0.0.0/8", "fd00::/8"],
  });
});

test.each([
  [["--port", "70000"], "--port takes a number from 0 to 65535"],
  [["--port", "http"], "--port takes a number"],
  [["--public-url", "talks.example.org"], "--public-url takes scheme and name alone"],
  [["--public-url", "https://example.org/talks"], "--public-url takes scheme and name alone"],
  [["--trust-proxy", "10.0.0.0/64"], "--trust-proxy takes addresses or networks"],
  [["--trust-proxy", "everybody"], "--trust-proxy takes addresses or networks"],
  [["--tls-cert", "cert.pem"], "--tls-cert and --tls-key go together"],
  [["--sign-up", "anybody"], "--sign-up"],
  [["--grace", "soon"], "--grace takes seconds"],
])("%j is refused in words that say what to write", (args, words) => {
  expect(() => readServeOptions(args)).toThrow(words);
});

test("all that is wrong is said at once", () => {
  expect(() => readServeOptions(["--port", "x", "--grace", "x"])).toThrow(/--port.*\n--grace/);
});

test("an option that there is not is refused", () => {
  expect(() => readServeOptions(["--prot", "80"])).toThrow("Unknown option '--prot'");
});
