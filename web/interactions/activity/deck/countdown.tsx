import { useEffect, useState } from "hono/jsx/dom";
import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import { deck as words } from "../words/en/deck.ts";

const TICK_MS = 250;

/** Seconds until it closes. What closes it is the service's clock, and not this one. */
export function Countdown({ activity: { closesAt = 0, seconds } }: { activity: LiveActivity }) {
  const [left, setLeft] = useState(() => getLeft(closesAt, seconds));
  useEffect(() => {
    const timer = setInterval(() => setLeft(getLeft(closesAt, seconds)), TICK_MS);
    return () => clearInterval(timer);
  }, [closesAt]);
  return (
    <p class="countdown" role="timer" aria-label={words.left(left)}>
      {left}
    </p>
  );
}

/** A clock that is wrong must not promise more time than there can be. */
const getLeft = (closesAt: number, seconds = Number.POSITIVE_INFINITY): number =>
  Math.max(0, Math.min(seconds, Math.ceil((closesAt - Date.now()) / 1000)));
