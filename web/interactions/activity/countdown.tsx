import { useEffect, useState } from "hono/jsx/dom";
import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import type { ServiceClock } from "./service-clock.ts";
import { stage as words } from "./words/en/stage.ts";

/** Often enough that no second is skipped. */
const TICK_MS = 250;

interface Props {
  readonly activity: LiveActivity;
  readonly clock: ServiceClock;
}

/** How long it is open yet. Not read out: it would never be silent. */
export function Countdown({ activity: { closesAt = 0 }, clock }: Props) {
  const [now, setNow] = useState(clock.now());
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && setNow(clock.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((closesAt - now) / 1000));
  return (
    <span class="countdown" role="timer">
      {words.closesIn(words.minutes(Math.floor(left / 60), left % 60))}
    </span>
  );
}
