import type { FC } from "hono/jsx";
import type { LiveActivity, NewActivity } from "../../../../shared/interactions/activity/activity.ts";

/**
 * How a host says what is right, of a kind that can be a question of the quiz. What it gives is written as it is: the
 * service passes over how the activity stands, which is no part of it.
 */
export interface KindSolution<A extends LiveActivity = LiveActivity> {
  /** With what is right by now. */
  Fields(asked: { readonly activity: A }): ReturnType<FC>;
  /** @returns the activity with what is right now; or what is wrong with that, in words */
  read(activity: A, fields: FormData): NewActivity | string;
  /** The same activity, in which nothing is right or wrong any more. */
  clear(activity: A): NewActivity;
}
