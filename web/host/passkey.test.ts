import { expect, test } from "vitest";
import { findHindrance, getNamedAddress } from "./passkey.ts";

const page = { hostname: "revint.example.org", isSecureContext: true, hasPasskeys: true };

test("passkeys need a name in the address, a secure page, and a browser that has them", () => {
  expect(findHindrance(page)).toBeUndefined();
  expect(findHindrance({ ...page, hostname: "localhost" })).toBeUndefined();
  for (const hostname of ["127.0.0.1", "192.168.1.20", "[::1]", "[fe80::1]"]) {
    expect(findHindrance({ ...page, hostname })).toBe("address");
  }
  expect(findHindrance({ ...page, isSecureContext: false, hasPasskeys: false })).toBe("insecure");
  expect(findHindrance({ ...page, hasPasskeys: false })).toBe("browser");
});

test("only this computer's own number has another name", () => {
  const at = (href: string) => getNamedAddress({ hostname: new URL(href).hostname, href });
  expect(at("http://127.0.0.1:8787/host?view=account")).toBe("http://localhost:8787/host?view=account");
  expect(at("http://[::1]:8787/host")).toBe("http://localhost:8787/host");
  expect(at("http://192.168.1.20:8787/host")).toBeUndefined();
  expect(at("https://revint.example.org/host")).toBeUndefined();
});
