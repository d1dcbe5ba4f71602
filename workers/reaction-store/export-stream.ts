import { createHmac } from "node:crypto";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { ExportPosition } from "../lib/export-cursor.ts";
import { createCursorWriter, splitCursor } from "../lib/export-cursor.ts";
import type { ExportOrder } from "../lib/export-order.ts";
import type { LedgerEntry, LedgerPage, LedgerQuery } from "../lib/ledger.ts";
import { EXPORT_CONTENT_TYPES, type RowWriter } from "../lib/row-writer.ts";

/** The part of a ledger that an export needs; a stub of the Durable Object has it. */
export interface ListedLedger {
  close(until: number): Promise<number> | number;
  list(query: LedgerQuery): Promise<LedgerPage> | LedgerPage;
}

/** What every row has, whatever it is about. */
interface CommonCells {
  readonly time: string;
  readonly participant: number;
  readonly cursor: string;
}

/** What is particular about the export of one interaction. */
export interface ExportedInteraction<Row> {
  /** As its topics have it. */
  readonly name: string;
  /** See `LedgerQuery`. */
  readonly onlyCounted?: boolean;
  readonly writer: RowWriter<Row>;
  /** @returns undefined for an entry that is left out */
  createRow(entry: LedgerEntry, common: CommonCells): Row | undefined;
}

/**
 * All that an interaction has in a session as one stream: ledger by ledger, a page of each at a time, so that it
 * takes the same memory for a hundred entries and for a million. A cursor first finishes its own
 * window of time and then goes on with what came after it.
 */
export function streamExport<Row>(
  order: ExportOrder,
  getLedger: (room: number) => ListedLedger,
  { name, onlyCounted = false, writer, createRow }: ExportedInteraction<Row>,
): Response {
  const { format } = order;
  const encoder = new TextEncoder();
  const pages = readPages(order, { interaction: name, onlyCounted }, getLedger);
  const write = (room: number, { entry, cursor }: ExportPage["entries"][number]): string => {
    const row = createRow(entry, {
      time: new Date(entry.at).toISOString(),
      participant: hideParticipant(order.key, room, entry.participant),
      cursor,
    });
    return row === undefined ? "" : writer.writeRow(format, row);
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        // Whoever goes on with a cursor appends to what they have.
        if (order.cursor === undefined) controller.enqueue(encoder.encode(writer.getFirstRow(format)));
      },
      async pull(controller) {
        // Where nothing of a page is written, the reader waits for the next one.
        for (let rows = ""; rows === ""; ) {
          const { value, done } = await pages.next();
          if (done) {
            controller.close();
            return;
          }
          rows = value.entries.map((each) => write(value.room, each)).join("");
          if (rows !== "") controller.enqueue(encoder.encode(rows));
        }
      },
      async cancel() {
        await pages.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, {
    headers: { "Content-Type": EXPORT_CONTENT_TYPES[format], "Cache-Control": "no-store" },
  });
}

interface ExportPage {
  readonly room: number;
  readonly entries: { readonly entry: LedgerEntry; readonly cursor: string }[];
}

/** What is listed of each ledger. */
type Listed = Pick<LedgerQuery, "interaction" | "onlyCounted">;

async function* readPages(
  order: ExportOrder,
  listed: Listed,
  getLedger: (room: number) => ListedLedger,
): AsyncGenerator<ExportPage, undefined> {
  const { salt, rooms } = order;
  const from = order.cursor === undefined ? undefined : splitCursor(order.cursor);
  // Clocks differ: a window ends where every ledger has closed it, and nothing comes into it later.
  const asked = Math.max(order.until, from?.until ?? 0);
  const closed = await Promise.all(Array.from({ length: rooms }, (_, room) => getLedger(room).close(asked)));
  // What a cursor names was closed before; no window reaches further than a ledger's clock has come.
  const since = Math.min(from?.until ?? 0, Math.max(...closed));
  if (from) yield* readWindow({ ...from, until: since }, order, listed, getLedger);
  const until = Math.min(...closed, ...(order.isSnapshot ? [order.until] : []));
  yield* readWindow({ salt, since, until, room: 0, seq: 0, index: 0 }, order, listed, getLedger);
}

async function* readWindow(
  from: ExportPosition,
  { rooms, cursorKey }: ExportOrder,
  listed: Listed,
  getLedger: (room: number) => ListedLedger,
): AsyncGenerator<ExportPage, undefined> {
  for (let room = from.room; room < rooms; room++) {
    const writeCursor = createCursorWriter(cursorKey, { ...from, room });
    let cursor: string | undefined = room === from.room ? `${from.seq}.${from.index}` : "0.0";
    while (cursor !== undefined) {
      const { since, until } = from;
      const query = { ...listed, since, until, cursor, limit: LIMITS.listPage };
      const page: LedgerPage = await getLedger(room).list(query);
      // Each entry has the cursor that goes on right after it.
      const entries = page.entries.map((entry) => ({
        entry,
        cursor: writeCursor(entry.at, entry.index + 1),
      }));
      if (entries.length > 0) yield { room, entries };
      cursor = page.cursor;
    }
  }
}

/** 48 bits that stand for a participant in this export alone: the key is another one each time. */
function hideParticipant(key: string, room: number, number: number): number {
  return createHmac("sha256", key).update(`${room}.${number}`).digest().readUIntBE(0, 6);
}
