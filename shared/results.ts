import * as z from "zod";
import { LIMITS } from "./limits.ts";
import { SessionTotals } from "./session.ts";

/** What the root remembers of a session's course. Times in milliseconds since 1970. */
export const History = z.object({
  /** Rooms there are, and so ledgers: numbers 0 up to here. */
  rooms: z.number().int().positive(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  publicResults: z.boolean(),
  /** Every change of the state, oldest first; the title is the state's, where it is JSON with one. */
  states: z.array(z.object({ at: z.number(), page: z.string(), title: z.string().nullable() })),
  /** People with an open pipe, whenever that changed, at most every ten seconds. */
  people: z.array(z.object({ at: z.number(), people: z.number().int() })),
});
export type History = z.infer<typeof History>;

/** Reactions of one page in one bucket. */
export const BucketCount = z.object({ at: z.number(), page: z.string(), count: z.number().int() });
export type BucketCount = z.infer<typeof BucketCount>;

/** What a session's ledgers together have per bucket and page, oldest first. `bucket` in milliseconds, whole seconds. */
export const BucketQuery = z.object({ bucket: z.coerce.number().int().min(1000).multipleOf(1000) });
export const BucketCounts = z.object({ counts: z.array(BucketCount) });

/** `GET …/timeline`: `bucket` in seconds; left out, it is chosen for about 200 buckets. */
export const TimelineQuery = z.object({
  bucket: z.coerce.number().int().min(1).max(86_400).optional(),
});

/** The story of a session. Times in milliseconds since 1970, `bucket` in seconds. */
export const TimelineAnswer = z.object({
  from: z.number(),
  /** The end, or now. */
  until: z.number(),
  bucket: z.number().int(),
  endedAt: z.number().nullable(),
  total: z.number().int(),
  /** In the order they were first shown; pages that were only reacted on come last. */
  pages: z.array(
    z.object({
      page: z.string(),
      title: z.string().nullable(),
      /** When the deck stood on it. */
      dwell: z.array(z.object({ from: z.number(), until: z.number() })),
      total: z.number().int(),
      /** Buckets with reactions on this page; `at` is a bucket's start. */
      buckets: z.array(z.object({ at: z.number(), count: z.number().int() })),
    }),
  ),
  people: History.shape.people,
  /** Buckets that stood out: the largest, as far above the median of those with reactions as `factor` says. */
  moments: z.array(BucketCount.extend({ title: z.string().nullable(), factor: z.number() })),
});
export type TimelineAnswer = z.infer<typeof TimelineAnswer>;

export const ExportFormat = z.enum(["ndjson", "csv"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/**
 * Where an export stands, on every row: which window of time, which ledger, which entry, and the salt
 * that makes its participant numbers; at the end a tag over salt and window. Going on from a row's cursor
 * gives all that comes after it, once. workers/export-cursor.ts reads and writes it.
 *
 *   salt . since . until . room . seq . index . tag
 */
export const ExportCursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16}(\.\d{1,16}){5}\.[A-Za-z0-9_-]{11}$/, "not a cursor of this session");

/** What the root answers to a user who wants to read an export: a place among the few, and up to when to read. */
export const ExportLease = z.object({ lease: z.string(), until: z.number().int() });
export type ExportLease = z.infer<typeof ExportLease>;

/** `GET …/reactions/export` */
export const ExportQuery = z.object({
  format: ExportFormat.default("ndjson"),
  cursor: ExportCursor.optional(),
});
export type ExportQuery = z.infer<typeof ExportQuery>;

/** What api hands to reaction-store for it: how many ledgers there are, up to when, and the pages' titles. */
export const ExportOrder = ExportQuery.extend({
  /** Names this export, and stands in its cursors. */
  salt: z.string().regex(/^[A-Za-z0-9_-]{16}$/),
  /** Made from the salt with a secret: without it, numbers lead from no export to another. */
  key: z.string().min(16),
  /** The same, for the tags of its cursors. */
  cursorKey: z.string().min(16),
  rooms: z.number().int().positive(),
  until: z.number().int(),
  /** It ends there, and not where the ledgers have come to meanwhile. */
  isSnapshot: z.boolean(),
  /** As pairs: a page may be called like what every object has. */
  titles: z.array(z.tuple([z.string(), z.string()])),
});
export type ExportOrder = z.infer<typeof ExportOrder>;

/** One line of an export. `participant` is stable inside one export and leads to no uid. */
export const ExportRow = z.object({
  time: z.iso.datetime(),
  page: z.string(),
  title: z.string(),
  reaction: z.string(),
  participant: z.number().int(),
  cursor: ExportCursor,
});
export type ExportRow = z.infer<typeof ExportRow>;

/** The last totals of a session that has ended, kept until `expiresAt`. */
export const FinalTotals = SessionTotals.extend({ endedAt: z.number(), expiresAt: z.number() });
export type FinalTotals = z.infer<typeof FinalTotals>;

/** What a deletion has left to do; without anything left the answer is 204. */
export const DeletionAnswer = z.object({ left: z.array(z.enum(["hosts", "users"])) });
export type DeletionAnswer = z.infer<typeof DeletionAnswer>;

/** Records that one page of a deletion takes; KV allows 1,000 operations a call. */
export const DELETION_PAGE = LIMITS.listPage - 200;
