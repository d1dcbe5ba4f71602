import { expect, test } from "vitest";
import { reach } from "./reach.ts";

test("a store is asked for what was written, and for nothing that its address would be read as", async () => {
  const asked: string[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    asked.push(new Request(input).url);
    return new Response();
  };
  const ask = reach({ fetch }, "id");
  const one = "http://host-store/accounts/a/passkeys/b?address=%3A%3A1&browser=Firefox+on+Mac";
  await ask(one);
  const led = ["../../other", "%2e%2e/%2E./other", "..\\..\\other", "a\tb", "./c", "é"];
  for (const name of led) {
    await expect(ask(`http://host-store/accounts/a/passkeys/${name}`)).rejects.toMatchObject({
      code: "invalid_request",
    });
  }
  expect(asked).toEqual([one]);
});
