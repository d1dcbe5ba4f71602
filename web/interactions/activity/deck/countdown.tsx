import { useEffect, useState } from "hono/jsx/dom";
import { deck as words } from "../words/en/deck.ts";

const TICK_MS = 250;

interface Props {
  /** By the service's clock, which is the one that closes it. */
  readonly closesAt: number;
  /** How far that is ahead of this computer's, in milliseconds. */
  readonly ahead: number;
}

/** Seconds until an activity closes. */
export function Countdown({ closesAt, ahead }: Props) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((closesAt - ahead - now) / 1000));
  return (
    <p class="countdown" role="timer" aria-label={words.left(left)}>
      {left}
    </p>
  );
}
