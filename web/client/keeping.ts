import { type Access, type Api, unreadable } from "./api.ts";
import type { OwnAnswer, OwnReaction } from "./session.ts";

/*
 * What a participant sends over HTTP. Each resolves when it is kept, and throws RevintError and nothing else. Whoever only
 * listens, or hosts, does without it.
 */

type Sent = Parameters<Api["send"]>[2];

export const keepReaction = (api: Api, access: Access, { id, page, reaction }: OwnReaction): Promise<void> =>
  keep(api, access, "react", { method: "POST", headers: toKey(id), body: { page, reaction } });

export const keepAnswer = (
  api: Api,
  access: Access,
  { id, activity, round, value }: OwnAnswer,
): Promise<void> =>
  keep(api, access, `answers/${encodeURIComponent(activity)}`, {
    method: "PUT",
    headers: toKey(id),
    body: { round, value },
  });

export const keepName = (api: Api, access: Access, name: string): Promise<void> =>
  keep(api, access, "name", { method: "PUT", body: { name } });

/** The service counts what it is sent once under its id. */
const toKey = (id: string) => ({ "idempotency-key": id });

async function keep(api: Api, access: Access, what: string, sent: Sent): Promise<void> {
  const answer = await api.send(access, `user/${encodeURIComponent(access.uid)}/${what}`, sent);
  if (answer.success !== true) throw unreadable();
}
