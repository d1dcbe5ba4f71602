import type { DeletionAnswer } from "../../shared/protocol/deletion.ts";
import { Done } from "../../shared/protocol/session.schema.ts";
import { Left } from "../lib/left.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { invalidateJoinCode } from "./join-code.ts";
import { forgetJoinings } from "./joinings.ts";
import { invalidateSession } from "./session-cache.ts";
import type { Stores } from "./stores.ts";
import { invalidateTimelines } from "./timeline-cache.ts";

/**
 * Erases a session in every store; what one call can't take, the next one does. There need not be one.
 * @returns where something is left
 */
export async function eraseSession(stores: Stores, session: string): Promise<DeletionAnswer["left"]> {
  const { sessions, hosts, users, reactions, recaps, automations } = stores;
  const param = { session };
  await readAnswer(Done, await sessions.session[":session"].$delete({ param }));
  invalidateSession(session);
  invalidateJoinCode(session);
  forgetJoinings(session);
  invalidateTimelines(session);
  await readAnswer(Done, await automations.session[":session"].$delete({ param }));
  await readAnswer(Done, await recaps.session[":session"].$delete({ param }));
  await readAnswer(Done, await reactions.session[":session"].results.$delete({ param }));
  const [hostsLeft, usersLeft] = await Promise.all([
    readAnswer(Left, await hosts.session[":session"].people.$delete({ param })),
    readAnswer(Left, await users.session[":session"].people.$delete({ param })),
  ]);
  return [...(hostsLeft.left ? ["hosts" as const] : []), ...(usersLeft.left ? ["users" as const] : [])];
}
