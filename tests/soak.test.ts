import { expect, test } from "vitest";
import { soak } from "../bench/soak-session.ts";
import { Stage } from "../bench/stage.ts";

test("300 people for 20 seconds: nothing acked is lost, nothing counts twice, and everyone follows", {
  timeout: 300_000,
}, async () => {
  const stage = await Stage.open();
  try {
    // Three rooms, and the token bucket as it is deployed.
    const revint = await stage.startRevint({ vars: { ROOM_CAPACITY: "100" } });
    const result = await soak(revint, {
      people: 300,
      seconds: 20,
      tapEverySeconds: 2,
      slideEverySeconds: 2,
      dropsPerMinute: 1,
    });
    expect(result).toMatchObject({ lost: 0, double: 0, unanswered: 0, behind: 0, slides: 10 });
    expect(result.acked).toBe(result.sent);
    expect(result.ledgerTotal).toBe(result.sent);
    expect(result.hostTotal).toBe(result.sent);
    expect(result.drops).toBeGreaterThan(50);
  } finally {
    await stage.close();
  }
});
