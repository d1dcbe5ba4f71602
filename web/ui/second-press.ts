import { useEffect, useState } from "hono/jsx/dom";

/** What takes the first press back. */
const DISARMING = ["pointerdown", "focusin"] as const;

interface SecondPress {
  /** What was pressed once. */
  readonly asked: string | undefined;
  /** A button of this name was pressed: at the second time in a row it is done. */
  press(event: MouseEvent, name: string, does: () => unknown): void;
}

/** Of a list whose buttons can't be taken back: the first press asks, and only the second one does it. */
export function useSecondPress(): SecondPress {
  const [asked, setAsked] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (asked === undefined) return undefined;
    // Whatever is touched or focused next, and not by a blur, which Safari's buttons never have.
    const forget = ({ target }: Event) => {
      if (target instanceof Element && target.closest(".danger")) return;
      setAsked(undefined);
    };
    for (const name of DISARMING) addEventListener(name, forget);
    return () => {
      for (const name of DISARMING) removeEventListener(name, forget);
    };
  }, [asked]);
  return {
    asked,
    press({ detail }, name, does) {
      // The second press of a double click was none of its own.
      if (detail > 1) return;
      if (asked !== name) return setAsked(name);
      setAsked(undefined);
      does();
    },
  };
}

/** A key held down is one press. */
export const ignoreRepeat = (event: KeyboardEvent): void => {
  if (event.repeat) event.preventDefault();
};
