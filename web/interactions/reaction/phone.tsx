import { getCount } from "../../client/rules.ts";
import { formatCount } from "../../ui/count.ts";
import { useStore } from "../../ui/use-store.ts";
import type { PhoneSlot } from "../slots.ts";
import { faceClass, nameReaction } from "./face.tsx";
import { OwnReactions } from "./own-reactions.ts";
import { phone as words } from "./words/en.ts";

/** Longer than any emoji: a reaction in words is set smaller. */
const FACE_LENGTH = 4;

/** A button for each reaction that is offered. */
export const phoneSlot: PhoneSlot = (phone) => {
  const own = new OwnReactions(phone);
  return {
    Bottom() {
      const { reactions, counts, taps, isQuiet } = useStore(own.buttons);
      return (
        <fieldset class="reactions" aria-label={words.react}>
          {reactions.map((reaction) => (
            <Button
              key={reaction}
              reaction={reaction}
              count={getCount(counts, reaction)}
              taps={taps[reaction] ?? 0}
              isQuiet={isQuiet}
              onReact={() => own.react(reaction)}
            />
          ))}
        </fieldset>
      );
    },
  };
};

interface ButtonProps {
  readonly reaction: string;
  readonly count: number;
  readonly taps: number;
  readonly isQuiet: boolean;
  readonly onReact: () => void;
}

function Button({ reaction, count, taps, isQuiet, onReact }: ButtonProps) {
  const isLong = [...reaction].length > FACE_LENGTH;
  // A new key makes a new element, and that begins the animation again.
  return (
    <button
      type="button"
      class={taps > 0 ? "reaction mine" : "reaction"}
      aria-label={words.button(nameReaction(reaction), count)}
      disabled={isQuiet}
      onClick={onReact}
      // A key held down is one tap.
      onKeydown={(event: KeyboardEvent) => event.repeat && event.preventDefault()}
    >
      <bdi
        key={taps}
        class={`face ${faceClass(reaction)} ${isLong ? "long" : ""} ${taps > 0 ? "tapped" : ""}`}
      >
        {reaction}
      </bdi>{" "}
      <span class="count">{formatCount(count)}</span>
    </button>
  );
}
