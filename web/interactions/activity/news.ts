import type { Session } from "../../client/session.ts";

/** What is heard so soon after the connection came about was there before it, in milliseconds. */
const GREETING_MS = 1000;

/** Follows a session from now on. @returns whether what it tells in this moment has just happened */
export function watchNews(session: Session): () => boolean {
  let connectedAt = performance.now();
  session.on("connection", () => {
    connectedAt = performance.now();
  });
  return () => performance.now() - connectedAt > GREETING_MS;
}
