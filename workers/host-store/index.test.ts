import { env, exports } from "cloudflare:workers";
import { expect, test } from "vitest";

test("before its tables are made, host-store says that it is not configured", async () => {
  await env.HOST_DB.exec("DROP TABLE sign_ins");
  const answer = await exports.default.fetch(`http://store/sign-ins/${"a".repeat(43)}`);
  expect([answer.status, await answer.json()]).toEqual([
    503,
    expect.objectContaining({ code: "not_configured" }),
  ]);
});
