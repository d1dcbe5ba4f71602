import { useEffect, useState } from "hono/jsx/dom";
import { stage as words } from "./words/en/stage.ts";

const SECOND_MS = 1000;

/** How long it is open yet. Not read out: it would never be silent. */
export function Countdown({ until }: { until: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const clock = setInterval(() => !document.hidden && setNow(Date.now()), SECOND_MS / 4);
    return () => clearInterval(clock);
  }, []);
  const seconds = Math.max(0, Math.ceil((until - now) / SECOND_MS));
  return (
    <span class="countdown" role="timer">
      {words.closesIn(words.minutes(Math.floor(seconds / 60), seconds % 60))}
    </span>
  );
}
