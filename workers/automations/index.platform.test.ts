import { expect, test } from "vitest";
import { FlowTrigger } from "../../shared/protocol/flow.schema.ts";
import { nextInstant } from "./schedule.ts";
import { refuseAddress } from "./webhook/address.ts";
import { signWebhook } from "./webhook/sign.ts";

/*
 * What matching, schedules and webhooks take from their runtime is there in workerd as well as in Node, where they are
 * tried one by one.
 */

test.each([
  ["2027-03-28T02:30", "Europe/Berlin", "2027-03-28T01:00:00.000Z"],
  ["2027-10-31T02:30", "Europe/Berlin", "2027-10-31T00:30:00.000Z"],
  ["2027-11-07T01:30", "America/New_York", "2027-11-07T05:30:00.000Z"],
  ["2027-10-03T02:10", "Australia/Lord_Howe", "2027-10-02T15:30:00.000Z"],
  ["2027-03-28T02:30", "Asia/Kolkata", "2027-03-27T21:00:00.000Z"],
])("%s in %s is %s", (at, zone, expected) => {
  const trigger = { event: "schedule", at, zone } as const;
  expect(FlowTrigger.parse(trigger)).toEqual(trigger);
  const instant = nextInstant(trigger, { openedAt: 0, now: 0 });
  expect(new Date(instant ?? 0).toISOString()).toBe(expected);
});

test.each(["Europe/Nowhere", "Berlin", "+01:00", ""])("there is no time zone %j", (zone) => {
  expect(FlowTrigger.safeParse({ event: "schedule", at: "2027-03-28T02:30", zone }).success).toBe(false);
});

test.each([
  "2130706433",
  "0x7f.1",
  "0177.0.0.1",
  "127.1",
  "127.0.0.1.",
  "①②⑦.⓪.⓪.①",
  "127。0。0。1",
  "%31%32%37.0.0.1",
  "[::ffff:127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "localhost.",
  "LOCALHOST",
])("%s is an address of one's own", (host) => {
  expect(refuseAddress(`https://${host}/hook`, false)).toBe("its address is not one of the public internet");
});

test("a webhook is signed as the example of the specification", async () => {
  const signed = await signWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    at: 1_614_265_330_000,
    body: '{"test": 2432232314}',
  });
  expect(signed["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});
