/** Counts by page and reaction, as they travel. */
export type Pages = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** `GET …/reactions`: counts by page and reaction, their sum, and how many people have joined. */
export interface SessionTotals {
  readonly pages: Pages;
  readonly total: number;
  readonly participants: number;
}
