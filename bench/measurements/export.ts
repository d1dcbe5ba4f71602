import type { ExportFormat } from "../../shared/protocol/export.ts";
import { RowCutter } from "../../web/results/row-cutter.ts";
import { COLUMNS } from "../../web/results/spreadsheet/columns.ts";
import { writeWorkbook } from "../../web/results/spreadsheet/workbook.ts";
import { now } from "../clock.ts";
import type { Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { type BenchSession, headersOf, type Participant, type Revint, readOk, sendAll } from "../revint.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { LOOP_FIGURES } from "./figures.ts";

const KEPT = 100_000;
const READERS = 8;
/** Reactions that a long talk leaves, and a short one. */
const MANY = 1_000_000;
const FEW = 1000;
const WATCH_MS = 20;

/** A session with so many reactions, and who sent them. */
async function startFilled(revint: Revint, reactions: number) {
  const session = await revint.host();
  const [person] = await session.join(1);
  if (!person) throw new Error("nobody joined");
  await sendAll(revint.port, [session.react(person, "1", "👍")]);
  await session.fill(reactions - 1, person);
  return { session, person };
}

/** The rows of an export, as the results page cuts them. */
async function* cutRows(body: ReadableStream<Uint8Array>, cutter: RowCutter) {
  for await (const chunk of body) yield cutter.cut(chunk);
}

/** What the host takes home: the story as everyone may look at it, and everything that was kept. */
export const exportAll = (stage: Stage, size: Size): Measurement[] => {
  const kept = scaled(size, KEPT);
  const many = `${scaled(size, MANY).toLocaleString("en")} kept`;
  const few = `${FEW.toLocaleString("en")} kept`;
  return [
    {
      group: "export",
      isSlow: true,
      name: "timeline",
      title: `Timeline, ${READERS} connections`,
      figures: LOOP_FIGURES,
      goals: [
        { what: `timelines with ${many} against ${few}`, figure: "rate", of: many, per: few, least: 0.8 },
      ],
      prepare: async () => {
        const revint = await stage.startRevint();
        const client = stage.client();
        const run = (as: Participant, session: BenchSession) => () =>
          withCpu(revint.workerd.pid, size.seconds, () =>
            client.http(revint.port, [session.timeline(as)], READERS, size.seconds),
          );
        const short = await startFilled(revint, FEW);
        const long = await startFilled(revint, scaled(size, MANY));
        const [opened] = await sendAll(revint.port, [long.session.openResults()]);
        readOk(opened);
        const contestants = [
          { name: few, run: run(short.session.host, short.session) },
          { name: many, run: run(long.session.host, long.session) },
          { name: `${many}, for everyone`, run: run(long.person, long.session) },
        ];
        const close = async () => {
          await client.close();
          await revint.close();
        };
        return { contestants, close };
      },
    },
    {
      group: "export",
      name: "export",
      title: `Export of ${kept.toLocaleString("en")} reactions`,
      figures: [
        { key: "seconds", title: "whole", unit: "s" },
        { key: "rate", title: "rows", unit: "/s" },
        { key: "first", title: "first byte after", unit: "ms" },
        { key: "mib", title: "size", unit: "MiB" },
        { key: "added", title: "workerd grows by", unit: "MiB" },
        { key: "held", title: "who reads grows by", unit: "MiB" },
      ],
      goals: [{ what: "MiB of memory that an export adds", figure: "added", of: "revint", most: 64 }],
      prepare: async () => {
        const revint = await stage.startRevint();
        const { session } = await startFilled(revint, kept);
        const readMemory = async () => (await revint.workerd.usage()).residentKib / 1024;
        // Nothing is kept of the file, as where the browser writes it straight to disk.
        const run = (format: ExportFormat | "xlsx") => async () => {
          const [before, heldBefore] = [await readMemory(), process.memoryUsage.rss()];
          let [most, mostHeld] = [before, heldBefore];
          const watch = setInterval(async () => {
            mostHeld = Math.max(mostHeld, process.memoryUsage.rss());
            most = Math.max(most, await readMemory());
          }, WATCH_MS);
          const from = now();
          const source = format === "xlsx" ? "ndjson" : format;
          const address = `http://127.0.0.1:${revint.port}${session.exportPath}?format=${source}`;
          const response = await fetch(address, { headers: headersOf(session.host) });
          if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
          const first = now() - from;
          let bytes = 0;
          const cutter = new RowCutter(source);
          const rows = cutRows(response.body, cutter);
          const options = { name: "reactions", columns: COLUMNS.reactions };
          for await (const chunk of format === "xlsx" ? writeWorkbook(rows, options) : rows)
            bytes += chunk.length;
          clearInterval(watch);
          if (cutter.rows < kept) throw new Error(`only ${cutter.rows} rows of ${kept}`);
          const seconds = (now() - from) / 1000;
          const held = (mostHeld - heldBefore) / 2 ** 20;
          const size = { mib: bytes / 2 ** 20, added: most - before, held };
          return { seconds, rate: cutter.rows / seconds, first, ...size };
        };
        const contestants = [
          { name: "revint", run: run("ndjson") },
          { name: "as CSV", run: run("csv") },
          { name: "as the page's Excel workbook", run: run("xlsx") },
        ];
        return { contestants, close: () => revint.close() };
      },
    },
  ];
};
