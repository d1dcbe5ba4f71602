import { expect, test } from "vitest";
import { requestHeaders } from "./headers.ts";

const VISIT = { address: "198.51.100.1", origin: "https://talks.example.org" };

test("api hears who asks and where from us alone, and all else as it was said", () => {
  const said = [
    ["Accept", "text/html"],
    ["Cookie", "a=b"],
    ["cookie", "c=d"],
    ["CF-Connecting-IP", "203.0.113.7"],
    ["cf-ray", "1"],
    ["MF-CF-Blob", "{}"],
    ["X-Forwarded-For", "203.0.113.7"],
    ["Forwarded", "for=203.0.113.7"],
    ["X-Request-Id", "mine"],
    ["Host", "evil.example"],
    ["Connection", "keep-alive"],
    ["X-Session-Uid", "u1"],
  ];
  expect(requestHeaders({ rawHeaders: said.flat() }, VISIT, "id")).toEqual([
    ...["Accept", "text/html", "Cookie", "a=b", "cookie", "c=d", "X-Session-Uid", "u1"],
    ...["Host", "talks.example.org", "CF-Connecting-IP", "198.51.100.1", "X-Request-Id", "id"],
  ]);
});
