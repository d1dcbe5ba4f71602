import { describe, expect, test } from "vitest";
import { refuseAddress } from "./address.ts";

/** Whether private addresses are allowed. */
const [CLOSED, OPENED] = [false, true];

describe("a webhook may be sent", () => {
  test.each([
    "https://chat.example.org/hook",
    "https://chat.example.org:8443/hook?key=1#part",
    "https://EXAMPLE.ORG./hook",
    "https://8.8.8.8/",
    "https://172.15.0.1/",
    "https://172.32.0.1/",
    "https://100.128.0.1/",
    "https://192.169.0.1/",
    "https://223.255.255.255/",
    "https://[2606:4700::1111]/",
    "https://[2001:4860:4860::8888]/",
    "https://[2a00:1450:4001::200e]/",
    "https://10.0.0.1.example.org/",
    "https://localhost.example.org/",
    "https://münchen.example/",
  ])("to %s, everywhere", (url) => {
    for (const isPrivateAllowed of [CLOSED, OPENED])
      expect(refuseAddress(url, isPrivateAllowed)).toBeUndefined();
  });

  test.each([
    "http://127.0.0.1:1880/light",
    "http://localhost:3000/",
    "https://192.168.1.20/",
    "http://nodered.local/",
    "http://[::1]/",
    "http://chat.example.org/",
  ])("to %s where that is allowed, and never when deployed", (url) => {
    expect(refuseAddress(url, OPENED)).toBeUndefined();
    expect(refuseAddress(url, CLOSED)).toBeDefined();
  });
});

describe("a webhook is not sent into a private network", () => {
  test.each([
    ["loopback", "127.0.0.1"],
    ["loopback, any of it", "127.255.255.254"],
    ["this network", "0.0.0.0"],
    ["this network, in short", "0"],
    ["class A", "10.255.0.1"],
    ["class B", "172.16.0.1"],
    ["class B, its end", "172.31.255.255"],
    ["class C", "192.168.0.1"],
    ["a carrier's", "100.64.0.1"],
    ["link-local, where clouds keep their secrets", "169.254.169.254"],
    ["a test of devices", "198.19.255.255"],
    ["documentation", "203.0.113.9"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["decimal", "2130706433"],
    ["octal", "0177.0.0.1"],
    ["octal, all of it", "017700000001"],
    ["hexadecimal", "0x7f.0x0.0x0.0x1"],
    ["hexadecimal, all of it", "0x7f000001"],
    ["shortened", "127.1"],
    ["mixed", "0xa.0.1"],
    ["with a dot at its end", "127.0.0.1."],
    ["in other digits", "①②⑦.⓪.⓪.①"],
    ["wide", "１２７.０.０.１"],
    ["with other dots", "127。0。0。1"],
    ["encoded", "%31%32%37.0.0.1"],
    ["IPv6 loopback", "[::1]"],
    ["IPv6 loopback, at length", "[0:0:0:0:0:0:0:1]"],
    ["IPv6 unspecified", "[::]"],
    ["IPv6 link-local", "[fe80::1]"],
    ["IPv6 site-local", "[fec0::1]"],
    ["IPv6 unique-local", "[fd00::1]"],
    ["IPv6 unique-local, its beginning", "[fc00::1]"],
    ["IPv6 multicast", "[ff02::1]"],
    ["mapped", "[::ffff:127.0.0.1]"],
    ["mapped, in hexadecimal", "[::ffff:7f00:1]"],
    ["mapped, a public one", "[::ffff:8.8.8.8]"],
    ["compatible", "[::127.0.0.1]"],
    ["NAT64", "[64:ff9b::7f00:1]"],
    ["NAT64 of one's own", "[64:ff9b:1::7f00:1]"],
    ["6to4", "[2002:7f00:1::]"],
    ["Teredo", "[2001:0:7f00:1::]"],
    ["IPv6 documentation", "[2001:db8::1]"],
    ["IPv6 documentation, the newer", "[3fff::1]"],
    ["IPv6 discard", "[100::1]"],
    ["localhost", "localhost"],
    ["localhost with a dot", "localhost."],
    ["localhost in capitals", "LOCALHOST"],
    ["below localhost", "app.localhost"],
    ["a name in the house", "printer.local"],
    ["… with a dot", "printer.local."],
    ["… at home", "printer.home.arpa"],
    ["a cloud's own", "metadata.google.internal"],
    ["a name without a dot", "intranet"],
    ["… the name of a Worker", "revint-session-store"],
  ])("%s", (_, host) => {
    expect(refuseAddress(`https://${host}/hook`, CLOSED)).toBe(
      "its address is not one of the public internet",
    );
    expect(refuseAddress(`https://${host}:8443/hook`, CLOSED)).toBeDefined();
  });
});

test("an address that is none, or goes in another way than over https, is refused, and never repeated", () => {
  for (const url of [
    "",
    "secret-word",
    "/secret-word",
    "https://",
    "https://[::1",
    "https://1.2.3.4.5/",
    "https://256.1.1.1/",
    "http://example.org/secret-word",
    "ftp://example.org/secret-word",
    "javascript:secret-word",
    "file:///secret-word",
    "data:,secret-word",
    "ws://example.org/secret-word",
    "https://me:secret-word@example.org/",
    "https://secret-word@example.org/",
  ]) {
    expect(refuseAddress(url, CLOSED), url).toMatch(/^its address /);
    expect(refuseAddress(url, CLOSED)).not.toContain("secret-word");
  }
  expect(refuseAddress("ftp://127.0.0.1/", OPENED)).toBe("its address has to begin with https://");
  expect(refuseAddress("https://me:word@example.org/", OPENED)).toBeDefined();
});
