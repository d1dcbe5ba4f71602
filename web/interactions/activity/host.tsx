import { useMemo, useState } from "hono/jsx/dom";
import { Problem } from "../../ui/problem.tsx";
import { submitOnCommand } from "../../ui/submit-on-command.ts";
import type { HostSlot, Preparation } from "../slots.ts";
import { createActivityId } from "./activity-id.ts";
import { AskFields, readAsked } from "./ask-fields.tsx";
import { readSubmission } from "./clear-button.tsx";
import type { KindAsk } from "./kinds/ask.ts";
import { asks } from "./kinds/asks.ts";
import { prepare as words } from "./words/en/prepare.ts";

/** Before a talk, its host writes what they will ask. */
export const hostSlot: HostSlot = {
  Preparing({ preparation }) {
    const [kind, setKind] = useState<KindAsk | undefined>(undefined);
    return (
      <div class="ask">
        <h3>{words.title}</h3>
        {kind ? (
          <AskForm key={kind.name} kind={kind} preparation={preparation} onDone={() => setKind(undefined)} />
        ) : (
          <div class="asks">
            {asks.map((kind) => (
              <button key={kind.name} type="button" onClick={() => setKind(kind)}>
                {kind.name}
              </button>
            ))}
          </div>
        )}
      </div>
    );
  },
};

interface Props {
  readonly kind: KindAsk;
  readonly preparation: Preparation;
  readonly onDone: () => void;
}

function AskForm({ kind, preparation, onDone }: Props) {
  const { isBusy } = preparation;
  const [wrong, setWrong] = useState("");
  const id = useMemo(createActivityId, []);
  const submit = async (event: Event) => {
    event.preventDefault();
    const submission = readSubmission(event);
    if (!submission || isBusy) return;
    const asked = readAsked(kind, submission.fields);
    setWrong(typeof asked === "string" ? asked : "");
    if (typeof asked !== "string" && (await preparation.save({ ...asked, id }))) onDone();
  };
  return (
    <form onSubmit={(event: Event) => void submit(event)} onKeydown={submitOnCommand}>
      <AskFields kind={kind} />
      <Problem>{wrong}</Problem>
      <div class="buttons">
        <button type="button" onClick={onDone}>
          {words.cancel}
        </button>
        <button type="submit" class="primary" disabled={isBusy}>
          {words.save(kind.name)}
        </button>
      </div>
    </form>
  );
}
