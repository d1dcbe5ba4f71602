import * as z from "zod";
import { IdentifiedReaction, NewReaction } from "../../shared/interactions/reaction/reaction.schema.ts";
import { Participant } from "../../shared/protocol/identity.schema.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Pages } from "../../shared/protocol/totals.schema.ts";

/** A session's epoch: raised by every restart, so that nothing of the time before can come back. */
export const Epoch = z.number().int().positive();

/** What a room hands to its ledger in one go. */
export const Batch = z.object({
  epoch: Epoch,
  reactions: z.array(IdentifiedReaction.extend({ participant: Participant })).max(LIMITS.batchReactions),
});
export type Batch = z.infer<typeof Batch>;

/**
 * What became of one reaction: `kept` also when it had been kept before under the same id; `unavailable`
 * when what its participant sent could not be kept while the others' was: it may be sent again.
 */
export const Outcome = z.enum(["kept", "conflict", "too_many_kinds", "unavailable"]);
export type Outcome = z.infer<typeof Outcome>;

/**
 * `stale` when the batch belongs to an epoch before the ledger's: nothing of it is kept.
 * Otherwise one outcome per reaction, and the changed pages, complete. `seq` grows with every
 * change; who knew the ledger at `previous` is up to date with `pages`, everyone else asks for the totals.
 */
export const BatchAnswer = z.discriminatedUnion("kept", [
  z.object({ kept: z.literal(false), epoch: Epoch }),
  z.object({
    kept: z.literal(true),
    outcomes: z.array(Outcome),
    previous: z.number(),
    seq: z.number(),
    pages: Pages,
  }),
]);
export type BatchAnswer = z.infer<typeof BatchAnswer>;

/** What was kept under an id. */
export const KeptReaction = NewReaction;
export type KeptReaction = z.infer<typeof KeptReaction>;

/** All counts of one ledger at `seq`. */
export const LedgerTotals = z.object({ epoch: z.number().int(), seq: z.number(), pages: Pages });
export type LedgerTotals = z.infer<typeof LedgerTotals>;

/** One kept reaction. The number stands for a participant inside this ledger and is not their uid. */
export const LedgerEntry = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  participant: z.number().int(),
  page: z.string(),
  reaction: z.string(),
  id: z.string(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/**
 * Which entries to list; `cursor` is what the page before returned. Times in milliseconds, `until` exclusive.
 * What has been listed stays as it was: nothing is kept later with a time before `until`. One that lies
 * ahead of the ledger's clock is taken for now.
 */
export const LedgerQuery = z.object({
  page: z.string().optional(),
  participant: Participant.optional(),
  since: z.coerce.number().optional(),
  until: z.coerce.number().optional(),
  cursor: z
    .string()
    .regex(/^\d+\.\d+$/, "not a cursor")
    .optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.listPage).default(LIMITS.listPage),
});
export type LedgerQuery = z.infer<typeof LedgerQuery>;

/** One page of a ledger, oldest first; without a `cursor` it was the last one. */
export const LedgerPage = z.object({ entries: z.array(LedgerEntry), cursor: z.string().optional() });
export type LedgerPage = z.infer<typeof LedgerPage>;
