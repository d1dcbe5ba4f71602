import { useLayoutEffect, useState } from "hono/jsx/dom";
import { nameDuration } from "../../ui/duration.ts";
import { host } from "../../words/en.ts";

const words = host.entrance;

/** Counts down to the next try. A screen reader hears the end, and each second only when it asks. */
export function Wait({ until }: { until: number }) {
  const left = useCountdown(until);
  return left > 0 ? (
    <p class="soft" role="timer">
      {words.wait(nameDuration(left))}
    </p>
  ) : (
    <p class="soft" role="status">
      {words.waited}
    </p>
  );
}

/** Milliseconds that are left, by the second. @param until in milliseconds since 1970; without one, there are none */
export function useCountdown(until: number | undefined): number {
  const [, setTurn] = useState(0);
  useLayoutEffect(() => {
    if (until === undefined) return undefined;
    const timer = setInterval(() => {
      if (Date.now() >= until) clearInterval(timer);
      setTurn((turn: number) => turn + 1);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? 0 : Math.max(0, until - Date.now());
}
