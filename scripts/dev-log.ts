import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";

/** What we ask for to find out whether the Workers answer; there is nothing there, and it isn't logged. */
export const PROBE_PATH = "/api/v1/probe";

/**
 * Passes on what wrangler and the Workers say, line by line, without wrangler's own chatter and
 * without secrets: a path may hold a uid, and whoever holds a uid is that participant.
 * @param isQuiet while it says so, only warnings and errors pass
 */
export function forwardLog(from: Readable, to: Writable & { isTTY?: boolean }, isQuiet: () => boolean): void {
  const isOfCronNote = findCronNote();
  createInterface({ input: from }).on("line", (line) => {
    const plain = stripVTControlCharacters(line);
    if (isOfCronNote(plain) || isChatter(plain) || (isQuiet() && !/\b(warn|error)/i.test(plain))) return;
    const text = (to.isTTY ? line : plain).replace(/\[wrangler:info\] /, "");
    to.write(`${maskSecrets(text)}\n`);
  });
}

const isChatter = (line: string) =>
  line.includes(PROBE_PATH) ||
  /^(⎔ |\[wrangler:info\] (Ready on|Updated and ready on) |\[custom build\] Running)/u.test(line);

/**
 * Finds the lines of one note of wrangler's, with the empty ones behind it: that nothing fires crons on this computer.
 * `npm start` does (schedule.ts).
 */
function findCronNote(): (line: string) => boolean {
  let place: "before" | "inside" | "behind" = "before";
  return (line) => {
    if (/Scheduled Workers are not automatically triggered/.test(line)) place = "inside";
    const isIts = place === "inside" || (place === "behind" && line.trim() === "");
    if (!isIts) place = "before";
    if (isIts && line.includes("test-cron-triggers")) place = "behind";
    return isIts;
  };
}

/** Takes uids and queries out of every URL or path in a line. */
export function maskSecrets(line: string): string {
  return line.replace(/\/(user|host)\/[^/\s"'?]+/g, "/$1/…").replace(/(\/[^\s"'?]*)\?[^\s"']+/g, "$1?…");
}
