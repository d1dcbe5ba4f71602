import type { FlowTrigger } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";

type ScheduleTrigger = Extract<FlowTrigger, { event: "schedule" }>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What was to happen before the opening, by so little, happens with it: the clock that opens a session may be late. */
const OPENING_MS = 5 * MINUTE;

interface Clock {
  readonly openedAt: number;
  /** When the session's talk starts, where that is known. */
  readonly startsAt?: number | undefined;
  readonly now: number;
}

/**
 * The first instant of a schedule that is not before `now`, in milliseconds since 1970; undefined: none comes any more.
 * Whoever acts on one goes on with `now` behind it: what was missed meanwhile is one instant, not many.
 */
export function nextInstant(trigger: ScheduleTrigger, clock: Clock): number | undefined {
  const { openedAt, now } = clock;
  if ("every" in trigger) {
    const span = trigger.every * MINUTE;
    const times = Math.max(1, Math.ceil((now - openedAt) / span));
    // A session that nobody ends does not go on with it until it is forgotten.
    return times * trigger.every <= LIMITS.flowMinutes ? openedAt + times * span : undefined;
  }
  const instant = "minutes" in trigger ? getMinute(trigger, clock) : getInstant(trigger.at, trigger.zone);
  return instant !== undefined && instant >= now ? instant : undefined;
}

function getMinute(
  { minutes, from }: Extract<ScheduleTrigger, { minutes: number }>,
  { openedAt, startsAt }: Clock,
): number | undefined {
  if (from === undefined) return openedAt + minutes * MINUTE;
  if (startsAt === undefined) return undefined;
  const instant = startsAt + minutes * MINUTE;
  return instant < openedAt && instant >= openedAt - OPENING_MS ? openedAt : instant;
}

/**
 * When a wall clock shows a time. One that the clock jumps over is the moment in which it jumps; of one that it shows
 * twice it is the first.
 * @param at such as `2027-03-28T18:00`
 */
function getInstant(at: string, zone: string): number {
  const shown = Date.parse(`${at}:00Z`);
  const getOffset = createOffset(zone);
  // No zone is a day away, so the clock jumps between these two, if at all.
  const before = getOffset(shown - DAY);
  const after = getOffset(shown + DAY);
  const instants = [shown - before, shown - after].filter(
    (instant) => instant + getOffset(instant) === shown,
  );
  if (instants.length > 0) return Math.min(...instants);
  let early = shown - Math.max(before, after);
  let late = shown - Math.min(before, after);
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (getOffset(middle) === before) early = middle;
    else late = middle;
  }
  return late;
}

/** How far a zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function createOffset(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const second = Math.floor(instant / 1000) * 1000;
    const parts = new Map(format.formatToParts(second).map(({ type, value }) => [type, Number(value)]));
    const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const shown = Date.UTC(
      get("year"),
      get("month") - 1,
      get("day"),
      get("hour"),
      get("minute"),
      get("second"),
    );
    return shown - second;
  };
}
