import { priceOperations } from "./cost-model.ts";
import type { Act, CountedAct } from "./host-costs.ts";
import { writeTable } from "./markdown.ts";
import { combine, NOTHING, type Operations } from "./operations.ts";
import { PRICES } from "./prices.ts";

const TEACHERS = 200;
/** What one of them does in a month. */
const MONTH: Partial<Readonly<Record<Act, number>>> = {
  signIn: 4,
  console: 40,
  consoleAgain: 40,
  decks: 40,
  make: 8,
  token: 24,
  open: 8,
  reopen: 8,
  end: 8,
  uploadPdf: 2,
  uploadMarkdown: 2,
  showPdf: 8 * 31,
  deleteTalk: 2,
  deleteDeck: 1,
};
/** Of each teacher: what R2 keeps, in GB. */
const KEPT_GB = 0.5;

const dollars = (value: number) =>
  value >= 0.1 || value === 0 ? `$${value.toFixed(2)}` : `$${value.toFixed(4)}`;

/** What of a talk's session is counted elsewhere on the page, an hour with people in it, is left out. */
function sumMonth(acts: readonly CountedAct[]): Operations {
  const parts = acts.map(({ act, operations }) => [operations, (MONTH[act] ?? 0) * TEACHERS] as const);
  return combine([NOTHING, 1], ...parts);
}

/** The part of docs/cost.md about hosts. */
export function writeHostCosts(acts: readonly CountedAct[]): string {
  const month = sumMonth(acts);
  const { items, total } = priceOperations(month);
  const storage = TEACHERS * KEPT_GB * PRICES.storageGb.r2;
  const { included } = PRICES;
  const shares = [
    ["rows read", month.rowsRead, included.rowsRead, items["rows read"]],
    ["rows written", month.rowsWritten, included.rowsWritten, items["rows written"]],
    ["KV reads", month.kvReads, included.kvReads, items["KV reads"]],
    ["KV writes, deletes", month.kvWrites, included.kvWrites, items["KV writes"]],
    ["R2 class A", month.r2Writes, included.r2Writes, items["R2 class A"]],
    ["R2 class B", month.r2Reads, included.r2Reads, items["R2 class B"]],
    ["requests to api", month.workerRequests, included.workerRequests, items["Worker requests"]],
  ] as const;
  const isIncluded = shares.every(([, count, most]) => count <= most);
  return `## Hosts

What a host does, one after the other; rows are D1's and those of objects, as each says itself. CPU time is in the last column:
a password costs what scrypt takes, by intention (\`docs/security.md\`).

${writeTable(
  ["", "rows read", "rows written", "KV reads", "KV writes", "R2 A", "R2 B", "a million times"],
  acts.map(({ name, operations }) => [
    name,
    operations.rowsRead.toLocaleString("en"),
    operations.rowsWritten.toLocaleString("en"),
    String(operations.kvReads),
    String(operations.kvWrites),
    String(operations.r2Writes),
    String(operations.r2Reads),
    dollars(priceOperations(operations).total * 1e6),
  ]),
)}

### A school with ${TEACHERS} teachers

In a month each of them signs in ${MONTH.signIn} times, opens the console ${(MONTH.console ?? 0) + (MONTH.consoleAgain ?? 0)} times, makes, gives and ends ${MONTH.make} talks with a PDF that 30 phones
look at, too, and uploads ${(MONTH.uploadPdf ?? 0) + (MONTH.uploadMarkdown ?? 0)} decks. What the audience does meanwhile is above: an hour of each talk.

${writeTable(
  ["", "a month", "included", "without the plan"],
  shares.map(([name, count, most, price]) => [
    name,
    Math.round(count).toLocaleString("en"),
    most.toLocaleString("en"),
    dollars(price ?? 0),
  ]),
)}

${isIncluded ? "All of it is in what the plan includes." : "Some of it is beyond what the plan includes."} Priced as if nothing were, it is ${dollars(total)} a month, CPU time as this one machine took it included; and
${dollars(storage)} for ${TEACHERS * KEPT_GB} GB of decks, of which 10 are included. Their tables are a few MB; D1 includes 5 GB.
Prices of D1 and R2 are those of ${PRICES.hostsDate}.`;
}
