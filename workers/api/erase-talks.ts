import { Done } from "../../shared/protocol/session.schema.ts";
import { VanishingTalks } from "../lib/host-talk.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { eraseSession } from "./erase-session.ts";
import type { Stores } from "./stores.ts";

/* A talk is marked, its session is erased in every store, its rows go: whoever finds it half gone goes on. */

/** From here on nobody sees the talk, and its tokens open nothing. @throws `talk_not_found` */
export async function markTalk(
  stores: Stores,
  param: { account: string; talk: string },
): Promise<VanishingTalks> {
  const talk = stores.hosts.accounts[":account"].talks[":talk"];
  return readAnswer(VanishingTalks, await talk.$delete({ param }));
}

/** Erases talks that are marked, with their sessions. @returns whether nothing is left of them */
export async function eraseTalks(stores: Stores, { talks }: VanishingTalks): Promise<boolean> {
  let isDone = true;
  for (const { id, session } of talks) {
    const left = await eraseSession(stores, session);
    if (left.length > 0) isDone = false;
    else await readAnswer(Done, await stores.hosts.talks[":talk"].$delete({ param: { talk: id } }));
  }
  return isDone;
}
