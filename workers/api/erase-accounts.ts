import { VanishingTalks } from "../lib/host-talk.ts";
import { Left } from "../lib/left.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { eraseTalks } from "./erase-talks.ts";
import type { Stores } from "./stores.ts";

/** What is erased at once of an account that was just deleted: as much as one request may call Workers for. */
const TALKS = 3;
const PAGES = 5;

/**
 * Begins to erase an account that was just deleted; nobody waits for it. A small one is gone then. What is left of a
 * large one, or after a failure, or of whoever dies in it, the clock takes away.
 */
export const beginErasing = (stores: Stores, account: string): Promise<void> =>
  eraseSome(stores, account).catch((error: unknown) =>
    logFailure("an account was not erased to its end; the clock goes on", error),
  );

async function eraseSome(stores: Stores, account: string): Promise<void> {
  const param = { account };
  const marked = stores.hosts.accounts[":account"]["vanishing-talks"];
  const { talks } = await readAnswer(VanishingTalks, await marked.$post({ param }));
  await eraseTalks(stores, { talks: talks.slice(0, TALKS) });
  const { remains } = stores.hosts.accounts[":account"];
  for (let page = 0; page < PAGES; page++) {
    const { left } = await readAnswer(Left, await remains.$delete({ param }));
    if (!left) return;
  }
}
