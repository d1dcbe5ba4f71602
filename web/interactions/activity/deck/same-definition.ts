import type { Activity, NewActivity } from "../../../../shared/interactions/activity/activity.ts";

/** Whether the service has an activity just as a slide has it, so that it need not be written. */
export function isSameDefinition(known: Activity, wanted: NewActivity): boolean {
  const {
    id,
    status,
    round,
    revealed,
    openedAt,
    closesAt,
    hidden,
    quiz,
    tally,
    rounds,
    mine,
    ...definition
  } = known;
  // What is right need not stand in the slide: where it does not, it stays what it is.
  const correct = "correct" in definition ? { correct: definition.correct } : {};
  return print(definition) === print({ ...correct, ...wanted });
}

/** Equal for equal fields, in whatever order they stand. */
const print = (fields: object): string =>
  JSON.stringify(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
