import { type Access, type Api, unreadable } from "./api.ts";
import { isOwnAnswer, isOwnVote, type OwnCount } from "./own.ts";
import { readLiveQuestion } from "./question.ts";
import type { LiveQuestion, OwnQuestion } from "./session.ts";

/*
 * What a participant sends over HTTP. Each resolves when it is kept, and throws RevintError and nothing else. Whoever only
 * listens, or hosts, does without it.
 */

type Sent = Parameters<Api["send"]>[2];

/** Has it counted, once under its id. */
export function keepOwn(api: Api, access: Access, own: OwnCount): Promise<void> {
  const headers = toKey(own.id);
  if (isOwnAnswer(own)) {
    const { activity, round, openedAt, value } = own;
    const body = { round, openedAt, value };
    return keep(api, access, `answers/${encodeURIComponent(activity)}`, { method: "PUT", headers, body });
  }
  if (isOwnVote(own)) {
    const { question, vote } = own;
    return keep(api, access, `${toPath(question)}/vote`, { method: "PUT", headers, body: { vote } });
  }
  const { page, reaction } = own;
  return keep(api, access, "react", { method: "POST", headers, body: { page, reaction } });
}

/** Asks it; again with the same id, it is the same question. */
export async function ask(api: Api, access: Access, { id, text, name }: OwnQuestion): Promise<LiveQuestion> {
  const body = { text, ...(name && { name }) };
  const sent = { method: "POST", headers: toKey(id), body } as const;
  const question = readLiveQuestion(await send(api, access, "questions", sent));
  if (!question) throw unreadable();
  return { ...question, mine: true };
}

/** Takes an own question back. */
export async function withdrawQuestion(api: Api, access: Access, question: string): Promise<void> {
  await send(api, access, toPath(question), { method: "DELETE" });
}

export const keepName = (api: Api, access: Access, name: string): Promise<void> =>
  keep(api, access, "name", { method: "PUT", body: { name } });

/** The service takes what it is sent once under its id. */
const toKey = (id: string) => ({ "idempotency-key": id });

const toPath = (question: string): string => `questions/${encodeURIComponent(question)}`;

const send = (api: Api, access: Access, what: string, sent: Sent) =>
  api.send(access, `user/${encodeURIComponent(access.uid)}/${what}`, sent);

async function keep(api: Api, access: Access, what: string, sent: Sent): Promise<void> {
  const answer = await send(api, access, what, sent);
  if (answer.success !== true) throw unreadable();
}
