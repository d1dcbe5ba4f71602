import { useEffect, useRef } from "hono/jsx/dom";

/** Where reading begins, and keys go on, whenever something else is shown; unless it says itself where. */
export function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const shown = heading.current?.closest("main");
    if (!shown?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 id="heading" ref={heading} tabindex={-1}>
      {children}
    </h1>
  );
}
