import type * as z from "zod";
import type { ProblemCode } from "../../shared/protocol/problem.ts";
import type { Contract } from "../../workers/lib/contract.ts";

/** A body that is no JSON. */
export interface Media {
  /** Each way in which it comes. */
  readonly types: readonly string[];
  /** What one line, or one event, of it holds. */
  readonly each?: z.ZodType;
  readonly isBinary?: true;
}

/** What a good answer holds: JSON by this schema, something else, or nothing. */
export type Answer = z.ZodType | Media | null;

/**
 * What is to be said of a route besides what its middlewares promise: what only its handler knows. A route's summary
 * stands in README.md, or here.
 */
export interface Operation {
  readonly summary?: string;
  /** More than the summary, in Markdown. */
  readonly about?: string;
  /** Good answers, by their status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes with which the handler refuses, and whoever it asks. */
  readonly problems?: readonly ProblemCode[];
  /** What the handler itself reads of who asks. */
  readonly needs?: Contract["needs"];
  /** A uid may come along, and is kept then. */
  readonly takesUid?: true;
  /** It takes an `Idempotency-Key`. */
  readonly isIdempotent?: true;
  /** A good answer sets this cookie. */
  readonly cookie?: "uid" | "revint-host";
  /** Its body is bytes of one of these types. */
  readonly upload?: readonly string[];
  /** Its body may be left out. */
  readonly isBodyOptional?: true;
  readonly query?: z.ZodObject;
  readonly param?: z.ZodObject;
  readonly headers?: z.ZodObject;
}

/** Routes that belong together. */
export interface Group {
  readonly tag: string;
  readonly about: string;
  /** By the route's name, as `walkRoutes` gives it. */
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Server-sent events. */
export const eventsOf = (each: z.ZodType): Media => ({ types: ["text/event-stream"], each });

/** Rows, one a line, or as a table. */
export const rowsOfEach = (each: z.ZodType): Media => ({ types: ["application/x-ndjson", "text/csv"], each });

export const HTML: Media = { types: ["text/html"] };

export const isMedia = (answer: z.ZodType | Media): answer is Media => "types" in answer;
