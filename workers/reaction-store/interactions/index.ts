import { getTopicName } from "../../../shared/interactions/topic.ts";
import type { EntryKind } from "../../lib/ledger.ts";
import type { Interaction } from "./interaction.ts";
import { reaction } from "./reaction/reaction.ts";

/** Every interaction whose keys are the same in more ways than being equal. */
const interactions: readonly Interaction[] = [reaction];

/** Whether two entries under one id are one and the same, sent twice. */
export function isSameKind(a: EntryKind, b: EntryKind): boolean {
  if (a.topic !== b.topic || a.mode !== b.mode) return false;
  if (a.key === b.key) return true;
  const own = interactions.find(({ name }) => getTopicName(name, a.topic) !== undefined);
  return own?.isSameKey(a.key, b.key) ?? false;
}
