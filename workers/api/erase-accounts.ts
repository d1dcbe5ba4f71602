import * as z from "zod";
import { VanishingAccounts, VanishingTalks } from "../lib/host-talk.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { eraseTalks } from "./erase-talks.ts";
import type { Stores } from "./stores.ts";

/** Pages that one request, or one turn of the clock, erases of an account: as much as a Worker may call. */
const PAGES = 10;

const Left = z.object({ left: z.boolean() });

/**
 * Erases what an account holds that is marked: its talks with their sessions, its decks, and then itself. What this
 * call can't take, or whoever dies in it, the next one does.
 */
export async function eraseAccount(stores: Stores, account: string): Promise<void> {
  const param = { account };
  const { "vanishing-talks": talks, remains } = stores.hosts.accounts[":account"];
  for (let page = 0; page < PAGES; page++) {
    const marked = await readAnswer(VanishingTalks, await talks.$post({ param }));
    if (marked.talks.length > 0) {
      await eraseTalks(stores, marked);
    } else {
      const { left } = await readAnswer(Left, await remains.$delete({ param }));
      if (!left) return;
    }
  }
}

/** The same for whoever has just deleted it and does not wait for it. */
export const eraseAccountLater = (stores: Stores, account: string): Promise<void> =>
  eraseAccount(stores, account).catch((error: unknown) =>
    logFailure("an account was not erased to its end; the clock goes on", error),
  );

/** A few of those that were deleted and are still there. */
export async function eraseAccounts(stores: Stores): Promise<void> {
  const vanishing = await stores.hosts["vanishing-accounts"].$get();
  const { accounts } = await readAnswer(VanishingAccounts, vanishing);
  for (const account of accounts) await eraseAccountLater(stores, account);
}
