import { useEffect, useRef, useState } from "hono/jsx/dom";
import { whileBusy } from "./while-busy.ts";

/** What takes the first press back. */
const DISARMING = ["pointerdown", "focusin"] as const;

interface Props {
  readonly text: string;
  /** What the button asks after the first press. */
  readonly question: string;
  /** Both with what they are about, for a screen reader. */
  readonly label: string;
  readonly questionLabel: string;
  readonly isBusy: boolean;
  readonly onPress: () => unknown;
}

/** A button for what can't be undone: the first press asks, and only the second one does it. */
export function PressTwice({ text, question, label, questionLabel, isBusy, onPress }: Props) {
  const [isAsked, setAsked] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isAsked) return undefined;
    // Whatever is touched or focused next, and not by a blur, which Safari's buttons never have.
    const forget = ({ target }: Event) => {
      if (!(target instanceof Node && button.current?.contains(target))) setAsked(false);
    };
    for (const name of DISARMING) addEventListener(name, forget);
    return () => {
      for (const name of DISARMING) removeEventListener(name, forget);
    };
  }, [isAsked]);
  const press = ({ detail }: MouseEvent) => {
    // The second press of a double click was none of its own.
    if (detail > 1 || isBusy) return;
    setAsked(!isAsked);
    if (isAsked) onPress();
  };
  return (
    <button
      ref={button}
      type="button"
      class={isAsked ? "small danger" : "small"}
      aria-label={isAsked ? questionLabel : label}
      onClick={press}
      // A key held down is one press.
      onKeydown={(event: KeyboardEvent) => event.repeat && event.preventDefault()}
      {...whileBusy(isBusy)}
    >
      {isAsked ? question : text}
    </button>
  );
}
