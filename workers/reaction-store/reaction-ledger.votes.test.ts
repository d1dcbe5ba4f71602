import { evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { FOR, getVoteTopic } from "../../shared/interactions/question/topic.ts";
import type { Entry } from "../lib/ledger.ts";
import { open, participant } from "./test-ledger.ts";

const [WHY, HOW] = [getVoteTopic("mif2k1"), getVoteTopic("mif2k2")];

const vote = (by: number, id: string, topic: string, key: string = FOR): Entry => ({
  participant: participant(by),
  id,
  topic,
  key,
  mode: "replace",
});

test("a vote counts once however often it is given, and not when it is taken back, through deaths and blocks", async () => {
  const { stub, append } = open();
  await append({
    epoch: 1,
    entries: [
      vote(1, "a", WHY),
      vote(1, "a", WHY),
      vote(1, "b", WHY),
      vote(2, "a", WHY),
      vote(3, "a", WHY),
      vote(3, "b", HOW),
    ],
  });
  expect((await stub().totals()).topics).toEqual({ [WHY]: { [FOR]: 3 }, [HOW]: { [FOR]: 1 } });
  await evictDurableObject(stub());
  const back = await append({
    epoch: 1,
    entries: [vote(2, "b", WHY, ""), vote(2, "b", WHY, ""), vote(2, "b", WHY)],
  });
  expect(back).toMatchObject({
    outcomes: ["kept", "kept", "conflict"],
    topics: { [WHY]: { [FOR]: 2 } },
  });

  await stub().excludeFromTotals(participant(3), true);
  await append({ epoch: 1, entries: [vote(3, "c", WHY, "")] });
  for (let start = 0; start < 2; start++) {
    expect((await stub().totals()).topics).toEqual({ [WHY]: { [FOR]: 1 } });
    await evictDurableObject(stub());
  }
  await stub().excludeFromTotals(participant(3), false);
  expect((await stub().totals()).topics).toEqual({ [WHY]: { [FOR]: 1 }, [HOW]: { [FOR]: 1 } });
  expect(await stub().standing(participant(3), [WHY, HOW])).toEqual({ [HOW]: FOR });
});
