import { DAY_MS } from "../../shared/protocol/limits.ts";
import { logFailure } from "../lib/log-failure.ts";
import type { JoinDirectory } from "./join-directory.ts";
import { insistOnWrite } from "./kept-info.ts";
import { roomNamed } from "./room-name.ts";

/** The object that gives join codes. A stub of its own for every call: one whose object was reset stays broken. */
export const getDirectory = (env: SessionStoreEnv): DurableObjectStub<JoinDirectory> =>
  env.JOIN_DIRECTORY.getByName("codes");

const keyOf = (tag: string): string => `join/${tag}`;

/**
 * The session that a join code leads to, from KV or else from the directory: a hall that scans a code at once meets in
 * no object. `null`: it leads nowhere.
 * @param after what goes on after the answer
 */
export async function findJoinTarget(
  env: SessionStoreEnv,
  tag: string,
  after: (work: Promise<unknown>) => void,
): Promise<string | null> {
  const kept = await env.SESSION_KV.get(keyOf(tag));
  if (kept !== null) return kept;
  const session = await getDirectory(env).find(tag);
  if (session === null) return null;
  const info = await roomNamed(env, session, 0).info();
  if (info) {
    after(keepJoinCode(env, tag, session, info.retentionDays));
    return session;
  }
  // Its session is gone, and died before it could say so.
  after(freeJoinCode(env, session));
  return null;
}

/** Keeps in KV where a code leads. It may have been freed before it is there: so the directory is asked once more. */
export async function keepJoinCode(
  env: SessionStoreEnv,
  tag: string,
  session: string,
  retentionDays: number,
): Promise<void> {
  try {
    const expirationTtl = (retentionDays * DAY_MS) / 1000;
    await insistOnWrite(() => env.SESSION_KV.put(keyOf(tag), session, { expirationTtl }));
    if ((await getDirectory(env).find(tag)) !== session) await env.SESSION_KV.delete(keyOf(tag));
  } catch (error) {
    // Whoever looks it up next asks the directory, and keeps it.
    logFailure("a join code was not cached", error);
  }
}

/** The code of a session, where it has one, leads nowhere from now on. What dies half way is done by calling it again. */
export async function freeJoinCode(env: SessionStoreEnv, session: string): Promise<void> {
  const tag = await getDirectory(env).free(session);
  if (tag === null) return;
  await insistOnWrite(() => env.SESSION_KV.delete(keyOf(tag)));
  await getDirectory(env).forget(session);
}
