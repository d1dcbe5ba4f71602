import { useEffect, useRef } from "hono/jsx/dom";
import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { Score } from "../../../../shared/interactions/activity/ranking.ts";
import type { AnswerValue, Tally } from "../../../../shared/interactions/activity/tally.ts";
import type { OwnName } from "../../../ui/own-name.ts";
import { forms } from "../kinds/forms.ts";
import type { ServiceClock } from "../service-clock.ts";
import { isShown } from "../visibility.ts";
import { phone as words } from "../words/en/phone.ts";
import { result as resultWords } from "../words/en/result.ts";
import { Countdown } from "./countdown.tsx";
import { canTakeBack, type Note, writeNote } from "./note.ts";
import { getAnswer, type Own } from "./own-answers.ts";
import { OwnScore } from "./own-score.tsx";
import type { Spot } from "./spotlight.ts";

export interface CardActions {
  send(activity: LiveActivity, value: AnswerValue | null): void;
  getDraft(activity: LiveActivity): AnswerValue | undefined;
  keepDraft(activity: LiveActivity, draft: AnswerValue): void;
  choose(id: string): void;
  putAway(): void;
  announce(text: string): void;
}

interface Props {
  readonly activity: LiveActivity;
  /** All that may be looked at. */
  readonly asked: Spot["asked"];
  readonly own: Own;
  readonly tally: Tally | undefined;
  /** Over all questions of the quiz. */
  readonly score: Score | undefined;
  readonly name: OwnName;
  /** The host lets people give themselves one. */
  readonly takesNames: boolean;
  /** There is no way to the service at the moment. */
  readonly isAway: boolean;
  /** It took the place of another one that had the focus. */
  readonly takesFocus: boolean;
  readonly clock: ServiceClock;
  readonly actions: CardActions;
}

/** One question: what is asked, where it is answered, and afterwards what all have answered. */
export function Card(props: Props) {
  const { activity, asked, clock, actions } = props;
  const { status, round, openedAt, closesAt } = activity;
  return (
    <section class="question" aria-labelledby="question">
      <div class="question-bar">
        <span class={`question-state ${status}`}>
          {status === "open" ? words.open : words.closed}
          {round > 1 && ` · ${words.round(round)}`}
        </span>
        {status === "open" && closesAt !== undefined && openedAt !== undefined && (
          <Countdown openedAt={openedAt} closesAt={closesAt} clock={clock} announce={actions.announce} />
        )}
        <Others activity={activity} asked={asked} choose={actions.choose} />
        {status === "closed" && (
          <button type="button" class="question-away" aria-label={words.putAway} onClick={actions.putAway}>
            ×
          </button>
        )}
      </div>
      <Question key={nameRound(activity)} {...props} />
    </section>
  );
}

/** What is particular about one round. */
function Question(props: Props) {
  const { activity, own, tally, score, name, takesNames, isAway, takesFocus, actions } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // It may have come while somebody had scrolled down: it is on top, and so is what they see.
    document.documentElement.scrollTop = 0;
    if (takesFocus) heading.current?.focus();
  }, []);
  const { status, prompt, change, kind } = activity;
  const { Form, describe } = forms[kind];
  const answer = getAnswer(own);
  const canAnswer = status === "open" && (change || answer === undefined);
  return (
    <div class="question-body">
      <h2 id="question" ref={heading} tabindex={-1} dir="auto">
        {prompt}
      </h2>
      {canAnswer && (
        <Form
          activity={activity}
          answer={answer}
          draft={actions.getDraft(activity)}
          keepDraft={(draft) => actions.keepDraft(activity, draft)}
          send={(value) => actions.send(activity, value)}
          announce={actions.announce}
        />
      )}
      {!canAnswer && answer !== undefined && (
        <p class="question-own">
          {words.yours}
          <b dir="auto">{describe(activity, answer)}</b>
        </p>
      )}
      <OwnLine
        note={writeNote(activity, own, isAway)}
        canTakeBack={canTakeBack(activity, own)}
        takeBack={() => actions.send(activity, null)}
      />
      <Outcome activity={activity} tally={tally} />
      <OwnScore
        activity={activity}
        score={score}
        name={name}
        takesNames={takesNames}
        announce={actions.announce}
      />
    </div>
  );
}

/** A round of an activity, also where it was deleted and written anew. */
const nameRound = ({ id, openedAt }: LiveActivity): string => `${id} ${openedAt}`;

interface OthersProps extends Pick<Props, "activity" | "asked"> {
  readonly choose: (id: string) => void;
}

/** The way to whatever else is open. */
function Others({ activity, asked, choose }: OthersProps) {
  const at = asked.findIndex(({ id }) => id === activity.id);
  if (asked.length < 2 || at < 0) return null;
  const go = (by: number) => {
    const other = asked[(at + by + asked.length) % asked.length];
    if (other) choose(other.id);
  };
  return (
    <span class="question-others">
      <button type="button" aria-label={words.previous} onClick={() => go(-1)}>
        ‹
      </button>
      <span>{words.place(at + 1, asked.length)}</span>
      <button type="button" aria-label={words.next} onClick={() => go(1)}>
        ›
      </button>
    </span>
  );
}

interface OwnLineProps {
  readonly note: Note;
  readonly canTakeBack: boolean;
  readonly takeBack: () => void;
}

/** It is always there, so that nothing moves when it has something to say. */
const OwnLine = ({ note: { text, tone }, canTakeBack, takeBack }: OwnLineProps) => (
  <div class="question-note">
    <p class={`own-note ${tone ?? ""}`} role="status">
      {text}
    </p>
    {canTakeBack && (
      <button type="button" class="small" onClick={takeBack}>
        {words.takeBack}
      </button>
    )}
  </div>
);

function Outcome({ activity, tally }: Pick<Props, "activity" | "tally">) {
  const { status, show, kind } = activity;
  if (!isShown(activity)) {
    return status === "closed" ? <p class="question-hint">{resultWords.hidden[show]}</p> : null;
  }
  // What has just been revealed may come a moment after that.
  if (!tally && status === "closed") return <p class="question-hint">{resultWords.hidden.live}</p>;
  const { people = 0, final } = tally ?? {};
  const { Drawing } = forms[kind];
  return (
    <div class={`result ${kind}`}>
      {tally && people > 0 && <Drawing activity={activity} tally={tally} />}
      <p class="result-people">
        {people === 0 && status === "closed" ? words.nobody : resultWords.answered(people)}
        {final && people > 0 && ` · ${resultWords.final}`}
      </p>
    </div>
  );
}
