import { useState } from "hono/jsx/dom";
import { ending as words } from "../words/en.ts";
import { Ask } from "./ask.tsx";

interface Props {
  /** Everybody may see the results already. */
  readonly isPublic: boolean;
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  /** @param publicResults whether everybody may see the results from now on */
  readonly onEnd: (publicResults: boolean) => unknown;
  readonly onClose: () => void;
}

/** Asked before the session ends: it can't be begun again. */
export function AskToEnd({ isPublic, onEnd, ...rest }: Props) {
  const [isOpen, setOpen] = useState(isPublic);
  const { title, text, confirm } = words;
  return (
    <Ask title={title} text={text} confirm={confirm} onConfirm={() => onEnd(isOpen)} {...rest}>
      {!isPublic && (
        <label class="check">
          <input type="checkbox" checked={isOpen} onChange={() => setOpen((before: boolean) => !before)} />
          {words.publish}
        </label>
      )}
    </Ask>
  );
}
