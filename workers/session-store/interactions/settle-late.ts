import type { Refusal } from "../../../shared/protocol/problem.ts";
import type { EntryKind } from "../../lib/ledger.ts";
import { UNAVAILABLE } from "../refusals.ts";

/** Says once whether something is kept (no refusal), or why not. */
export type Settle = (refusal?: Refusal) => void;

/** What was kept under an id. Throws when the ledger does not answer. */
export type FindKept = (participant: string, id: string) => Promise<EntryKind | undefined>;

/** Something that nobody takes any more. */
interface Late {
  readonly participant: string;
  readonly id: string;
  /** What it would have been kept under; undefined where there is no such thing. */
  readonly topic: string | undefined;
  readonly refusal: Refusal;
}

/** What was kept in time counts: whoever did not hear so, and sends it again, hears it now. */
export async function settleLate(
  { participant, id, topic, refusal }: Late,
  findKept: FindKept,
  settle: Settle,
): Promise<void> {
  if (topic === undefined) {
    settle(refusal);
    return;
  }
  try {
    const kept = await findKept(participant, id);
    settle(kept?.topic === topic ? undefined : refusal);
  } catch {
    settle(UNAVAILABLE);
  }
}
