import type { TimelineAnswer } from "../../shared/protocol/timeline.ts";
import { TtlCache } from "../lib/ttl-cache.ts";

/** Characters of a timeline that is kept: one of a long talk has a tenth of it. */
const LARGEST = 128 * 1024;

/** As JSON, by session and bucket. A hundred of the largest leave an isolate most of its memory. */
const timelines = new TtlCache<string>(5000, 100);

/** Grows whenever timelines are invalidated: one whose reading began before that is not kept. */
let generation = 0;

/** What is read of a session's course and reactions, and whether everyone may see it. */
interface Reading {
  readonly timeline: TimelineAnswer;
  readonly isOpen: boolean;
}

/** A reading of one request. The others look at it, and never wait for its promise: a request goes on only where its own waits end. */
interface Ongoing {
  /** What was read; without it the reading is under way, or has failed. */
  text?: string;
  isOver?: true;
}

/** By session and bucket. */
const readings = new Map<string, Ongoing>();

/** How long to wait for the reading of another request, in ms: if that request was cut off, its reading may never end. */
const JOIN_MS = 5000;
/** … and how often to look. */
const LOOK_MS = 20;

/**
 * A session's timeline as JSON. When a host opens the results a whole audience asks at once, so what everyone
 * may see is read once for all who ask meanwhile, and told again for five seconds.
 * @param bucket the one asked for, if any
 * @param isFresh read it anew, and tell others that
 */
export async function tellTimeline(
  hash: string,
  bucket: number | undefined,
  isFresh: boolean,
  read: () => Promise<Reading>,
): Promise<string> {
  const key = `${hash} ${bucket ?? "any"}`;
  if (isFresh) return readAnew(key, read);
  for (;;) {
    const known = timelines.get(key);
    if (known !== undefined) return known;
    const ongoing = readings.get(key);
    if (!ongoing) break;
    const joined = await waitFor(ongoing);
    if (joined !== undefined) return joined;
    if (readings.get(key) === ongoing) readings.delete(key);
  }
  const reading: Ongoing = {};
  readings.set(key, reading);
  try {
    reading.text = await readAnew(key, read);
    return reading.text;
  } finally {
    reading.isOver = true;
    if (readings.get(key) === reading) readings.delete(key);
  }
}

async function readAnew(key: string, read: () => Promise<Reading>): Promise<string> {
  const [asked, before] = [Date.now(), generation];
  const { timeline, isOpen } = await read();
  const text = JSON.stringify(timeline);
  // Closed while it was read: whoever asked before may have it, and nobody after.
  if (isOpen && before === generation && text.length <= LARGEST) timelines.set(key, text, asked);
  return text;
}

/** What another request reads; undefined when it takes too long or is refused, since the reason concerns that request alone. */
async function waitFor(reading: Ongoing): Promise<string | undefined> {
  const until = Date.now() + JOIN_MS;
  while (!reading.isOver && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return reading.text;
}

/** The session has ended, begun again or gone, or its results have been closed. */
export function invalidateTimelines(hash: string): void {
  generation++;
  timelines.deleteAll(`${hash} `);
  for (const key of readings.keys()) if (key.startsWith(`${hash} `)) readings.delete(key);
}
