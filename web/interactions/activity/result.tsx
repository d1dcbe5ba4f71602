import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import type { Tally } from "../../../shared/interactions/activity/tally.ts";
import { locale } from "../../words/en/language.ts";
import type { Counted } from "./kinds/result.ts";
import { results } from "./kinds/results.ts";
import { result as words } from "./words/en/result.ts";

/** What people have answered, drawn as its kind is. Whoever shows it to a room asks `isShown` first. */
export function Result({ activity, tally, earlier }: Counted) {
  const { Drawing } = results[activity.kind];
  return (
    <div class={`result result-of-${activity.kind}`} part="result">
      {earlier && <Rounds rounds={[earlier, tally]} />}
      <Drawing activity={activity} tally={tally} earlier={earlier} />
      <p class="result-people">
        {words.answered(tally.people)}
        {tally.people > 0 && activity.status === "closed" && tally.final && ` · ${words.final}`}
      </p>
    </div>
  );
}

/** What the room may not see yet: how many have answered, as far as that is known, and when there is more. */
export function HiddenResult({ activity, people, isAsked }: Hidden) {
  const { Question } = results[activity.kind];
  return (
    <div class="result hidden-result" part="result">
      {Question && !isAsked && <Question activity={activity} />}
      {people !== undefined && (
        <p class="result-count">
          <b>{people.toLocaleString(locale)}</b> {words.haveAnswered(people)}
        </p>
      )}
      <p class="result-people">{words.hidden[activity.show]}</p>
    </div>
  );
}

interface Hidden {
  readonly activity: LiveActivity;
  readonly people: number | undefined;
  /** What may be chosen stands above it already. */
  readonly isAsked?: true;
}

const Rounds = ({ rounds }: { rounds: readonly Tally[] }) => (
  <p class="rounds">
    {rounds.map(({ round }, index) => (
      <span key={round} class={index === 0 ? "round-key earlier" : "round-key"}>
        {words.round(round)}
      </span>
    ))}
  </p>
);
