import type { Flow, FlowRun, FlowStep, FlowStepStatus } from "../../shared/protocol/flow.ts";
import { getOwn } from "../client/record.ts";
import { Problem } from "../ui/problem.tsx";
import { useStore } from "../ui/use-store.ts";
import { whileBusy } from "../ui/while-busy.ts";
import { automations, flows as sentences } from "../words/en.ts";
import type { FlowList } from "./flow-list.ts";
import { nameWhen } from "./name-when.ts";
import type { RunList } from "./run-list.ts";

const words = automations.history;

interface Props {
  readonly flows: FlowList;
  readonly flow: Flow;
  readonly runs: RunList;
}

/** What a flow has done, step by step, and doing it by hand. */
export function RunHistory({ flows, flow, runs }: Props) {
  const { runs: list, hasOlder, isBusy, problem, notice } = useStore(runs.view);
  const steps = (all: readonly FlowStep[]) => <Steps flows={flows} flow={flow} steps={all} />;
  return (
    <>
      <p dir="auto">{sentences.describe(flow, (id) => flows.nameActivity(id))}</p>
      <Try runs={runs} steps={steps} />
      <Problem>{problem}</Problem>
      <p class="soft told" role="status">
        {notice}
      </p>
      <div class="history">
        <div class="flow-head">
          <h3 id="history">{automations.runs}</h3>
          <button type="button" class="small" onClick={() => runs.refresh()} {...whileBusy(isBusy)}>
            {words.refresh}
          </button>
        </div>
        {list === undefined && isBusy && <p aria-busy="true">{automations.reading}</p>}
        {list?.length === 0 && <p class="soft">{words.none}</p>}
        <ol aria-labelledby="history">
          {list?.map((run) => (
            <li key={run.id} class="flow-run">
              <div class="flow-head">
                <p>
                  <b>{getOwn(words.events, run.event) ?? run.event}</b>{" "}
                  <span class="soft">{nameWhen(run.at)}</span>
                </p>
                {hasFailed(run) && (
                  <button
                    type="button"
                    class="small"
                    aria-label={words.againOf(nameWhen(run.at))}
                    onClick={() => runs.sendAgain(run)}
                    {...whileBusy(isBusy)}
                  >
                    {words.again}
                  </button>
                )}
              </div>
              {steps(run.steps)}
            </li>
          ))}
        </ol>
        {hasOlder && (
          <button type="button" class="small" onClick={() => runs.showOlder()} {...whileBusy(isBusy)}>
            {words.older}
          </button>
        )}
      </div>
    </>
  );
}

/** It is done for real: that is said before. */
function Try({ runs, steps }: { runs: RunList; steps: (all: readonly FlowStep[]) => unknown }) {
  const { tried, isTrying, isBusy } = useStore(runs.view);
  return (
    <div class="try">
      <div class="flow-head">
        <p class="soft">{isTrying ? words.trying : words.tryText}</p>
        <button
          type="button"
          class="small"
          onClick={() => (isTrying ? runs.cancel() : runs.tryNow())}
          {...whileBusy(isBusy && !isTrying)}
        >
          {isTrying ? words.cancel : words.try}
        </button>
      </div>
      <div aria-live="polite">{tried && steps(tried)}</div>
    </div>
  );
}

interface StepsProps {
  readonly flows: FlowList;
  readonly flow: Flow;
  readonly steps: readonly FlowStep[];
}

const Steps = ({ flows, flow, steps }: StepsProps) => (
  <ol class="flow-steps">
    {steps.map((step, index) => (
      <li key={String(index)}>
        <span dir="auto">{nameStep(flows, flow, step, index)}</span>
        <b class={LOOKS[step.status]}>{words.statuses[step.status]}</b>
        {listFacts(step).map((fact) => (
          <span key={fact} class="soft">
            {fact}
          </span>
        ))}
        {step.problem !== undefined && <p class="soft">{step.problem}</p>}
      </li>
    ))}
  </ol>
);

const LOOKS: Readonly<Partial<Record<FlowStepStatus, string>>> = {
  failed: "gone-wrong",
  dead: "gone-wrong",
  waiting: "not-over",
  running: "not-over",
};

/** In the words of its sentence, as long as that says the same. */
function nameStep(flows: FlowList, { do: actions }: Flow, step: FlowStep, index: number): string {
  const action = actions[index];
  return action?.do === step.do
    ? sentences.action(action, (id) => flows.nameActivity(id))
    : words.steps[step.do];
}

const listFacts = ({ attempts, nextAt }: FlowStep): string[] => [
  ...(attempts > 1 ? [words.attempts(attempts)] : []),
  ...(nextAt === undefined ? [] : [words.nextAt(nameWhen(nextAt))]),
];

const hasFailed = ({ steps }: FlowRun): boolean =>
  steps.some(({ status }) => status === "failed" || status === "dead");
