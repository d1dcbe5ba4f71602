import type { FC } from "hono/jsx";
import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { ActivityKind } from "../../../../shared/interactions/activity/kinds/index.ts";
import type { Tally } from "../../../../shared/interactions/activity/tally.ts";

/** An activity of one kind. */
export type ActivityOf<Kind extends ActivityKind> = Extract<LiveActivity, { readonly kind: Kind }>;

export interface Counted<A extends LiveActivity = LiveActivity> {
  readonly activity: A;
  readonly tally: Tally;
  /** The round that it is compared with. */
  readonly earlier?: Tally | undefined;
}

/**
 * How the counts of one kind are drawn, large, for a room. What is drawn can be read, too: a list that says each number.
 * Sizes are in em of what it stands in.
 */
export interface KindResult<A extends LiveActivity = LiveActivity> {
  /** What this kind is called. */
  readonly name: string;
  Drawing(counted: Counted<A>): ReturnType<FC>;
  /** What may be answered, for a room that may not see the counts yet. */
  Question?(asked: { readonly activity: A }): ReturnType<FC>;
}
