import * as z from "zod";
import { VanishingAccounts, VanishingTalks } from "../lib/host-talk.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { eraseTalks } from "./erase-talks.ts";
import type { Stores } from "./stores.ts";

/** What is erased at once of an account that was just deleted: as much as one request may call Workers for. */
const TALKS = 4;
const PAGES = 5;

const Left = z.object({ left: z.boolean() });

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
  for (let page = 0; page < PAGES; page++) if (!(await eraseRemains(stores, account))) return;
}

/** The clock's part: of a few that were deleted, what is no talk. Talks have their own turns. */
export async function eraseAccounts(stores: Stores): Promise<void> {
  const vanishing = await stores.hosts["vanishing-accounts"].$post();
  const { accounts } = await readAnswer(VanishingAccounts, vanishing);
  for (const account of accounts) {
    await eraseRemains(stores, account).catch((error: unknown) =>
      logFailure("an account was not erased to its end; it has its turn again", error),
    );
  }
}

/** Marks all that it holds, and takes a page of it away; itself when nothing is left. @returns whether something is left */
async function eraseRemains(stores: Stores, account: string): Promise<boolean> {
  const { remains } = stores.hosts.accounts[":account"];
  return (await readAnswer(Left, await remains.$delete({ param: { account } }))).left;
}
