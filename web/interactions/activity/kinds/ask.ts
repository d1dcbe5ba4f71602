import type { FC } from "hono/jsx";
import type { NewActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { ActivityShow } from "../../../../shared/interactions/activity/definition.ts";

/** How one kind of activity is made in ten seconds, in front of the room. */
export interface KindAsk {
  /** What its button says. */
  readonly name: string;
  /** When the room sees the result, unless its host wants it otherwise. */
  readonly show: ActivityShow;
  /** What might be asked. */
  readonly example: string;
  /** The fields besides what is asked, most of all. */
  readonly Fields: FC;
  /** The fields that few need. */
  readonly More?: FC;
  /** @returns what is put to the room; or what is wrong with it, in words */
  read(prompt: string, fields: FormData): NewActivity | string;
}

export const readField = (fields: FormData, name: string): string => {
  const value = fields.get(name);
  return typeof value === "string" ? value.trim() : "";
};
