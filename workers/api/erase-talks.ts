import * as z from "zod";
import { VanishingTalks } from "../lib/host-talk.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { eraseSession } from "./erase-session.ts";
import type { Stores } from "./stores.ts";

const Left = z.object({ left: z.boolean() });

/* A talk is marked, its session is erased in every store, its rows go: whoever finds it half gone goes on. */

/** From here on nobody sees the talk, and its tokens open nothing. @throws `talk_not_found` */
export async function markTalk(
  stores: Stores,
  param: { account: string; talk: string },
): Promise<VanishingTalks> {
  const talk = stores.hosts.accounts[":account"].talks[":talk"];
  return readAnswer(VanishingTalks, await talk.$delete({ param }));
}

/**
 * Erases talks that are marked, with their sessions. One that can't be erased now holds up none of the others.
 * @returns whether nothing is left of them
 */
export async function eraseTalks(stores: Stores, { talks }: VanishingTalks): Promise<boolean> {
  let isDone = true;
  for (const talk of talks) {
    isDone = (await eraseTalk(stores, talk).catch(noteFailure)) && isDone;
  }
  return isDone;
}

/** The clock's part: a few of those that are marked. */
export async function eraseVanishing(stores: Stores): Promise<void> {
  await eraseTalks(stores, await readAnswer(VanishingTalks, await stores.hosts.talks.vanishing.$post()));
}

async function eraseTalk(stores: Stores, { id, session }: VanishingTalks["talks"][number]): Promise<boolean> {
  const left = await eraseSession(stores, session);
  if (left.length > 0) return false;
  const rows = await stores.hosts.talks[":talk"].$delete({ param: { talk: id } });
  return !(await readAnswer(Left, rows)).left;
}

function noteFailure(error: unknown): false {
  logFailure("a talk was not erased to its end; the clock goes on", error);
  return false;
}
