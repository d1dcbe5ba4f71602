import type { LoadResult } from "./load-job.ts";
import type { Summary } from "./statistics.ts";

/** How a figure is to be read. */
export interface Figure {
  /** Name of it in what a contestant returns. */
  readonly key: string;
  readonly title: string;
  readonly unit: "/s" | "ms" | "µs" | "KiB" | "MiB" | "s" | "";
}

/** One side of a comparison. */
export interface Contestant {
  readonly name: string;
  /** One round. */
  run(): Promise<LoadResult>;
}

/** What the issue promises, as a ratio between two contestants or as a plain figure. */
export interface Goal {
  readonly what: string;
  readonly figure: string;
  readonly of: string;
  /** Divided by the same figure of this contestant. */
  readonly per?: string;
  /** Less the same figure of this contestant. */
  readonly minus?: string;
  readonly least?: number;
  readonly most?: number;
}

/** One table: contestants side by side, measured in turns. */
export interface Measurement {
  /** What `--only` names. */
  readonly group: string;
  readonly name: string;
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly goals?: readonly Goal[];
  /** Rounds; without it, as many as the run has. */
  readonly rounds?: number;
  /** No warm-up: what is measured is a beginning. */
  readonly isCold?: boolean;
  /** Takes its time; a quick run leaves it out, unless it is asked for. */
  readonly isSlow?: boolean;
  /** Starts what it needs, and returns the contestants and how to end them. */
  prepare(): Promise<{ contestants: readonly Contestant[]; close?: () => Promise<void> }>;
}

/** What a measurement came to. */
export interface MeasuredTable {
  readonly group: string;
  readonly name: string;
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly rows: readonly {
    readonly contestant: string;
    readonly figures: Readonly<Record<string, Summary>>;
  }[];
  readonly goals: readonly GoalResult[];
  /** Why there are no figures. */
  readonly failed?: string;
}

export interface GoalResult {
  readonly what: string;
  readonly value: number;
  readonly goal: string;
  readonly isMet: boolean;
}
