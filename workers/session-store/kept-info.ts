import { DAY_MS } from "../../shared/protocol/limits.ts";
import { insist } from "../lib/insist.ts";
import type { Session } from "../lib/session.ts";
import { roomNamed } from "./room-name.ts";

/** KV takes about one write a second of a key; one that it refuses is made again after these waits, in milliseconds. */
const RETRIES_MS = [1000, 2000];

/**
 * Keeps a session's info in KV, to be read without waking the root. It outlives its session in no case, and is read
 * again from the root when it is gone earlier. What was read may have changed, or be gone, before it is in KV: so
 * the root is asked once more.
 */
export async function keepInfo(env: SessionStoreEnv, name: string, session: Session): Promise<void> {
  for (let kept: Session | undefined = session; kept; ) {
    const text = JSON.stringify(kept);
    const expirationTtl = (kept.retentionDays * DAY_MS) / 1000;
    await insistOnWrite(() => env.SESSION_KV.put(name, text, { expirationTtl }));
    kept = await roomNamed(env, name, 0).info();
    if (kept && JSON.stringify(kept) === text) return;
  }
  await forgetInfo(env, name);
}

export const forgetInfo = (env: SessionStoreEnv, name: string): Promise<void> =>
  insistOnWrite(() => env.SESSION_KV.delete(name));

/** Writes to KV, and again after a while where it is refused. @throws what the last try threw */
export const insistOnWrite = (write: () => Promise<void>): Promise<void> => insist(write, RETRIES_MS);
