import { getInteraction } from "../../../shared/interactions/topic.ts";
import type { EntryKind } from "../../lib/ledger.ts";
import type { Interaction } from "./interaction.ts";
import { reaction } from "./reaction/reaction.ts";

/** Every interaction that has something particular about it in a ledger. The others' keys are the same when they are equal. */
const INTERACTIONS: ReadonlyMap<string, Interaction> = new Map([reaction].map((each) => [each.name, each]));

/** Whether two entries under one id are one and the same, sent twice. */
export function isSameKind(a: EntryKind, b: EntryKind): boolean {
  if (a.topic !== b.topic || a.mode !== b.mode) return false;
  return a.key === b.key || (INTERACTIONS.get(getInteraction(a.topic))?.isSameKey(a.key, b.key) ?? false);
}
