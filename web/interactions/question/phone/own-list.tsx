import { useEffect, useRef, useState } from "hono/jsx/dom";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import type { OwnQuestion } from "../../../client/session.ts";
import { phone as words } from "../words/en/phone.ts";

interface Props {
  /** On their way. */
  readonly sent: readonly OwnQuestion[];
  readonly kept: readonly LiveQuestion[];
  /** There is no way to the service at the moment. */
  readonly isAway: boolean;
  readonly canSee: (question: string) => boolean;
  readonly see: (question: string) => void;
  readonly withdraw: (question: string) => Promise<void>;
}

/** What became of one's own questions, the newest first. */
export function OwnList({ sent, kept, isAway, ...actions }: Props) {
  if (sent.length + kept.length === 0) return null;
  return (
    <section class="own" aria-labelledby="own-title">
      <h2 id="own-title">{words.own.title}</h2>
      <ul>
        {sent.toReversed().map(({ id, text }) => (
          <li key={id} class="own-question">
            <Text text={text} />
            <div class="own-row">
              <p class="own-state">{isAway ? words.own.away : words.own.sending}</p>
            </div>
          </li>
        ))}
        {kept
          .toSorted((a, b) => b.at - a.at)
          .map((question) => (
            <Own key={question.id} question={question} {...actions} />
          ))}
      </ul>
    </section>
  );
}

interface OwnProps extends Pick<Props, "canSee" | "see" | "withdraw"> {
  readonly question: LiveQuestion;
}

function Own({ question, canSee, see, withdraw }: OwnProps) {
  const { id, text, status, answer, mergedInto } = question;
  const state = mergedInto === undefined ? words.own[status] : words.own.merged;
  return (
    <li class="own-question">
      <Text text={text} />
      <div class="own-row">
        <p class={status === "answered" ? "own-state good" : "own-state"}>{state}</p>
        {mergedInto !== undefined && canSee(mergedInto) && (
          <button type="button" class="quiet" onClick={() => see(mergedInto)}>
            {words.own.showOther}
          </button>
        )}
        {status !== "answered" && <Withdraw withdraw={() => withdraw(id)} />}
      </div>
      {answer !== undefined && (
        <p class="own-answer" dir="auto">
          {answer}
        </p>
      )}
    </li>
  );
}

const Text = ({ text }: { text: string }) => (
  <p class="own-text" dir="auto">
    {text}
  </p>
);

/** Its votes go with it: so it is asked once more. */
function Withdraw({ withdraw }: { withdraw: () => Promise<void> }) {
  const [step, setStep] = useState<"first" | "none" | "sure" | "busy">("first");
  const first = useRef<HTMLButtonElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Whoever has pressed a button goes on at the one that has taken its place.
    if (step === "none") first.current?.focus();
    if (step === "sure") no.current?.focus();
  }, [step]);
  const go = async () => {
    setStep("busy");
    await withdraw();
    setStep("none");
  };
  if (step === "first" || step === "none") {
    return (
      <button key="ask" type="button" class="quiet" ref={first} onClick={() => setStep("sure")}>
        {words.own.withdraw}
      </button>
    );
  }
  return (
    <fieldset key="sure" class="own-sure" disabled={step === "busy"}>
      <legend class="visually-hidden">{words.own.sure}</legend>
      <button type="button" class="quiet bad" onClick={() => void go()}>
        {words.own.yes}
      </button>
      <button type="button" class="quiet" ref={no} onClick={() => setStep("none")}>
        {words.own.no}
      </button>
    </fieldset>
  );
}
