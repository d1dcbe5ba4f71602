import { useEffect, useState } from "hono/jsx/dom";
import type { ServiceClock } from "../service-clock.ts";
import { phone as words } from "../words/en/phone.ts";

/** Often enough that no second is skipped. */
const TICK_MS = 250;
/** Said once, where there is more time than that in all. */
const SAID_AT_S = 10;

interface Props {
  readonly openedAt: number;
  readonly closesAt: number;
  readonly clock: ServiceClock;
  readonly announce: (text: string) => void;
}

/** How long something stays open. What is over is over when the service says so, and not when this is. */
export function Countdown({ openedAt, closesAt, clock, announce }: Props) {
  const countLeft = () => Math.max(0, Math.ceil((closesAt - clock.now()) / 1000));
  const [left, setLeft] = useState(countLeft());
  useEffect(() => {
    const timer = setInterval(() => setLeft(countLeft()), TICK_MS);
    return () => clearInterval(timer);
  }, [closesAt]);
  useEffect(() => {
    if (left === SAID_AT_S && closesAt - openedAt > 2000 * SAID_AT_S) announce(words.leftSpoken(left));
  }, [left]);
  return (
    <span
      class={left <= SAID_AT_S ? "countdown soon" : "countdown"}
      role="timer"
      aria-label={words.leftSpoken(left)}
    >
      {words.left(left)}
    </span>
  );
}
