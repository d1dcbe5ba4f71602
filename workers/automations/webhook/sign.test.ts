import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { signWebhook } from "./sign.ts";

test("the example of the specification's own tests is signed as there", async () => {
  const body = '{"test": 2432232314}';
  expect(
    await signWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      at: 1_614_265_330_000,
      body,
    }),
  ).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("whatever a message says, a receiver's library takes it, and takes no other", async () => {
  const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const texts = fc.string({ unit: "grapheme", maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(keys, texts, async (key, text) => {
      const receiver = new Webhook(`whsec_${Buffer.from(key).toString("base64")}`);
      const body = JSON.stringify({ text });
      const secret = `whsec_${Buffer.from(key).toString("base64")}`;
      const headers = await signWebhook(secret, { id: "r.0", at: Date.now(), body });
      expect(receiver.verify(body, headers)).toEqual({ text });
      expect(() => receiver.verify(`${body} `, headers)).toThrow();
    }),
  );
});

test("one that comes late is not taken for a new one: its time is signed with it", async () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const headers = await signWebhook(secret, { id: "r.0", at: Date.now() - 10 * 60_000, body: "{}" });
  const receiver = new Webhook(secret);
  expect(() => receiver.verify("{}", headers)).toThrow();
  const now = `${Math.floor(Date.now() / 1000)}`;
  expect(() => receiver.verify("{}", { ...headers, "webhook-timestamp": now })).toThrow();
});
