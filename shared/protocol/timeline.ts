/** Reactions in the bucket that begins at `at`. */
export interface Bucket {
  readonly at: number;
  readonly count: number;
}

/** People with an open pipe at that time. */
export interface PeopleSample {
  readonly at: number;
  readonly people: number;
}

/** How one page of the deck went. */
export interface TimelinePage {
  readonly page: string;
  readonly title: string | null;
  /** When the deck stood on it. */
  readonly dwell: readonly { readonly from: number; readonly until: number }[];
  readonly total: number;
  /** Buckets with reactions on this page; `at` is a bucket's start. */
  readonly buckets: readonly Bucket[];
}

/** A bucket that stood out, `factor` times above the median of those with reactions. */
export interface Moment extends Bucket {
  readonly page: string;
  readonly title: string | null;
  readonly factor: number;
}

/** `GET …/timeline`: `bucket` in seconds; left out, it is chosen for about 200 buckets. */
export interface TimelineQuery {
  readonly bucket?: number | undefined;
}

/** The story of a session. Times in milliseconds since 1970. */
export interface TimelineAnswer {
  readonly from: number;
  /** The end, or now. */
  readonly until: number;
  /** Seconds. */
  readonly bucket: number;
  readonly endedAt: number | null;
  readonly total: number;
  /** In the order they were first shown; pages that were only reacted on come last. */
  readonly pages: readonly TimelinePage[];
  /** Whenever that changed, at most every ten seconds. */
  readonly people: readonly PeopleSample[];
  /** Largest first. */
  readonly moments: readonly Moment[];
}
