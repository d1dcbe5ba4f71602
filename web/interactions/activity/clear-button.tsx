import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import type { LiveActivities } from "./live-activities.ts";
import { stage as words } from "./words/en/stage.ts";

interface Props {
  readonly stage: Stage;
  readonly live: LiveActivities;
  /** Of the activity that the form writes. */
  readonly id: string;
}

/** Where answers stand in the way of what a form writes, it writes it all the same with this, and they are gone. */
export function ClearButton({ stage, live, id }: Props) {
  const { isBusy } = useStore(stage.action);
  const { conflict } = useStore(live.view);
  if (conflict !== id) return null;
  return (
    <button type="submit" name="clear" value="clear" class="small danger" disabled={isBusy}>
      {words.clearAndWrite}
    </button>
  );
}

interface Submission {
  readonly fields: FormData;
  /** It was sent with that button. */
  readonly clear: true | undefined;
}

/** What was typed into a form that was just submitted. */
export function readSubmission(event: Event): Submission | undefined {
  const form = event.currentTarget ?? event.target;
  if (!(form instanceof HTMLFormElement)) return undefined;
  const fields = new FormData(form, event instanceof SubmitEvent ? event.submitter : null);
  return { fields, clear: fields.has("clear") ? true : undefined };
}
