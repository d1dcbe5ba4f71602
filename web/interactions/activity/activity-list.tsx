import type { LiveActivity, StatusChange } from "../../../shared/interactions/activity/activity.ts";
import { Ask } from "../../ui/ask.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import { AskDialog } from "./ask-dialog.tsx";
import { Countdown } from "./countdown.tsx";
import { asks } from "./kinds/asks.ts";
import { results } from "./kinds/results.ts";
import { solutions } from "./kinds/solutions.ts";
import type { LiveActivities } from "./live-activities.ts";
import { Result } from "./result.tsx";
import { SolutionForm } from "./solution-form.tsx";
import { isQuiz, isShown } from "./visibility.ts";
import { stage as words } from "./words/en/stage.ts";

interface Props {
  readonly stage: Stage;
  readonly live: LiveActivities;
}

/** Three buttons: a poll, a rating, a word cloud. */
export const AskTheRoom = ({ stage, live }: Props) => (
  <section class="ask-the-room" aria-labelledby="ask-the-room">
    <h3 id="ask-the-room">{words.ask.title}</h3>
    <div class="asks">
      {asks.map((kind) => (
        <button
          key={kind.name}
          type="button"
          onClick={() => stage.ask(() => <AskDialog stage={stage} live={live} kind={kind} />)}
        >
          {kind.name}
        </button>
      ))}
    </div>
  </section>
);

/** Every activity of the session, and what may be done with it now: what is open stands first. */
export function ActivityList({ stage, live }: Props) {
  const { activities } = useStore(live.view);
  const isOpen = ({ status }: LiveActivity) => status === "open";
  const sorted = [...activities.filter(isOpen), ...activities.filter((one) => !isOpen(one))];
  return (
    <section aria-labelledby="activities">
      <h3 id="activities">{words.list.title}</h3>
      {sorted.length === 0 && <p class="soft">{words.list.nothing}</p>}
      <ul class="activity-list" aria-labelledby="activities">
        {sorted.map((activity) => (
          <ActivityItem key={activity.id} stage={stage} live={live} activity={activity} />
        ))}
      </ul>
    </section>
  );
}

function ActivityItem({ stage, live, activity }: Props & { activity: LiveActivity }) {
  const { isBusy } = useStore(stage.action);
  const { shown, earlier } = useStore(live.view);
  const { id, kind, prompt, status, round, closesAt } = activity;
  const tally = live.getTally(activity);
  const isOnBoard = shown === id;
  const steps = listSteps(activity);
  const solution = solutions[kind];
  const button = (name: string, does: () => unknown, look = "small") => (
    <button
      key={name}
      type="button"
      class={look}
      disabled={isBusy}
      aria-label={words.of(name, prompt)}
      onClick={() => void does()}
    >
      {name}
    </button>
  );
  return (
    <li class={`activity-item ${status}`}>
      <p class="prompt" dir="auto">
        {prompt}
      </p>
      <p class="soft">
        {[
          results[kind].name,
          words.status[status],
          ...(round > 1 ? [words.round(round)] : []),
          ...(tally ? [words.answeredBy(tally.people)] : []),
        ].join(" · ")}
        {closesAt !== undefined && (
          <>
            {" · "}
            <Countdown activity={activity} clock={live.clock} />
          </>
        )}
      </p>
      <div class="buttons">
        {steps.map(({ name, change, isNext }) =>
          button(name, () => live.set(activity, change), isNext ? "small primary" : "small"),
        )}
        {status !== "draft" &&
          button(isOnBoard ? words.putAway : words.put, () => live.show(isOnBoard ? undefined : id))}
        {round > 1 &&
          isShown(activity) &&
          (isOnBoard && earlier
            ? button(words.uncompare, () => live.show(id))
            : button(words.compare, () => live.compare(activity)))}
        {status === "closed" &&
          button(
            words.clear,
            () => stage.ask(() => <AskClear stage={stage} live={live} activity={activity} />),
            "small danger",
          )}
        {status !== "open" &&
          button(
            words.remove,
            () => stage.ask(() => <AskRemove stage={stage} live={live} activity={activity} />),
            "small danger",
          )}
      </div>
      {solution && (
        <Disclosure summary={isQuiz(activity) ? words.solution.change : words.solution.set}>
          {() => <SolutionForm stage={stage} live={live} activity={activity} solution={solution} />}
        </Disclosure>
      )}
      {tally && tally.people > 0 && (
        <Disclosure summary={words.counts}>{() => <Result activity={activity} tally={tally} />}</Disclosure>
      )}
    </li>
  );
}

interface Step {
  readonly name: string;
  readonly change: StatusChange;
  /** What is done next, most of all. */
  readonly isNext?: boolean;
}

/** What may be done with an activity now. */
function listSteps(activity: LiveActivity): Step[] {
  const { status, revealed } = activity;
  if (status === "draft") return [{ name: words.open, change: { status: "open" }, isNext: true }];
  const hasAnswer = isQuiz(activity) && status === "closed";
  const [show, hide] = hasAnswer ? [words.revealAnswer, words.hideAnswer] : [words.reveal, words.hide];
  const isHidden = !isShown(activity) || (hasAnswer && !revealed);
  const reveal: Step[] = [
    ...(isHidden ? [{ name: show, change: { status, revealed: true }, isNext: status === "closed" }] : []),
    ...(revealed ? [{ name: hide, change: { status, revealed: false } }] : []),
  ];
  if (status === "open")
    return [{ name: words.close, change: { status: "closed" }, isNext: true }, ...reveal];
  return [
    ...reveal,
    { name: words.openAgain, change: { status: "open" } },
    { name: words.nextRound, change: { status: "open", newRound: true } },
  ];
}

/** As it was before anybody had answered, as after a rehearsal: then its deck may also write it with another meaning. */
const AskClear = ({ stage, live, activity }: Props & { activity: LiveActivity }) => (
  <Ask
    {...words.askClear}
    {...useStore(stage.action)}
    onConfirm={() => live.rewrite(activity.id, { ...activity, clear: true }, words.cleared)}
    onClose={() => stage.ask(undefined)}
  >
    <p dir="auto">
      <b>{activity.prompt}</b>
    </p>
  </Ask>
);

const AskRemove = ({ stage, live, activity }: Props & { activity: LiveActivity }) => (
  <Ask
    {...words.askRemove}
    {...useStore(stage.action)}
    onConfirm={() => live.remove(activity)}
    onClose={() => stage.ask(undefined)}
  >
    <p dir="auto">
      <b>{activity.prompt}</b>
    </p>
  </Ask>
);
