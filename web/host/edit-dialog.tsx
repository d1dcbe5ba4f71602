import { Dialog } from "../ui/dialog.tsx";
import { Problem } from "../ui/problem.tsx";
import { whileBusy } from "../ui/while-busy.ts";
import { host as words } from "../words/en.ts";
import { readForm } from "./form.ts";

interface Props {
  readonly title: string;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  /** @param field what one of the fields has */
  readonly onSave: (field: (name: string) => string) => unknown;
  readonly onClose: () => void;
  /** The fields. */
  readonly children?: unknown;
}

/** Changes something of a list: its fields, how it went, and a button that saves. */
export const EditDialog = ({ title, isBusy, problem, onSave, onClose, children }: Props) => (
  <Dialog title={title} close={words.close} isBusy={isBusy} onClose={onClose}>
    <form onSubmit={(event: Event) => void onSave(readForm(event))}>
      {children}
      <Problem>{problem}</Problem>
      <div class="buttons">
        <button type="submit" class="primary" {...whileBusy(isBusy)}>
          {words.save}
        </button>
      </div>
    </form>
  </Dialog>
);
