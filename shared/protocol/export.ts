export type ExportFormat = "ndjson" | "csv";

/** `GET …/reactions/export` */
export interface ExportQuery {
  readonly format: ExportFormat;
  /** Of a row: what comes after it, once. */
  readonly cursor?: string | undefined;
}

/** One line of an export. */
export interface ExportRow {
  /** ISO 8601. */
  readonly time: string;
  readonly page: string;
  readonly title: string;
  readonly reaction: string;
  /** Stable inside one export; leads to no uid. */
  readonly participant: number;
  readonly cursor: string;
}

/**
 * The shape of a cursor, which says where an export stands: which window of time, which ledger, which entry, and the
 * salt that makes its participant numbers; at the end a tag over salt and window. workers/lib/export-cursor.ts reads
 * and writes it.
 *
 *   salt . since . until . room . seq . index . tag
 */
export const EXPORT_CURSOR = /^[A-Za-z0-9_-]{16}(\.\d{1,16}){5}\.[A-Za-z0-9_-]{11}$/;
