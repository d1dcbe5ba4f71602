import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";

/** Whether everyone may see the counts of the present round: the service tells nobody but hosts before. */
export const isShown = ({ status, show, revealed }: LiveActivity): boolean => {
  if (status === "draft") return false;
  return revealed || show === "live" || (show === "closed" && status === "closed");
};

/** Whether everyone may see what is right. A host knows it all the time, and the room looks at their screen. */
export const isSolved = ({ status, revealed }: LiveActivity): boolean => revealed && status === "closed";

/** Whether something is right in it, as far as whoever asks is told. */
export const isQuiz = (activity: LiveActivity): boolean =>
  "correct" in activity && activity.correct !== undefined;

/** A question of the quiz that counts: with it, the ranking can be asked for. */
export const findQuizQuestion = <A extends LiveActivity>(activities: readonly A[]): A | undefined =>
  activities.find((activity) => isQuiz(activity) && isSolved(activity));
