import type { Action } from "../ui/action.ts";
import { Problem } from "../ui/problem.tsx";
import { common } from "../words/en.ts";

interface Props {
  readonly action: Action;
  /** It is told somewhere else, such as in a dialog. */
  readonly isElsewhere?: boolean;
  /** What may be tried again from here. */
  readonly onAgain?: (() => unknown) | undefined;
}

/** How it went, for those who see it and those who have it read to them. */
export const Told = ({ action: { problem, notice }, isElsewhere = false, onAgain }: Props) => (
  <>
    <Problem>{!isElsewhere && problem}</Problem>
    {onAgain && problem !== undefined && !isElsewhere && (
      <button type="button" class="small" onClick={onAgain}>
        {common.tryAgain}
      </button>
    )}
    <p class="told soft" role="status">
      {!isElsewhere && notice}
    </p>
  </>
);
