import { useEffect, useState } from "hono/jsx/dom";
import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import { stage as words } from "./words/en/stage.ts";

const SECOND_MS = 1000;

/** How long it is open yet. Not read out: it would never be silent. */
export function Countdown({ activity: { closesAt = 0, openedAt = 0 } }: { activity: LiveActivity }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const clock = setInterval(() => !document.hidden && setNow(Date.now()), SECOND_MS / 4);
    return () => clearInterval(clock);
  }, []);
  // A clock that is wrong must not promise more time than there can be.
  const left = Math.max(0, Math.ceil((closesAt - Math.max(now, openedAt)) / SECOND_MS));
  return (
    <span class="countdown" role="timer">
      {words.closesIn(words.minutes(Math.floor(left / 60), left % 60))}
    </span>
  );
}
