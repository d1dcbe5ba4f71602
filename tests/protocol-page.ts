import { readFileSync } from "node:fs";
import { rowsOf as readRows } from "../scripts/page-table.ts";

/** The page that says what clients and revint say to each other. */
export const protocolPage = readFileSync(new URL("../docs/protocol.md", import.meta.url), "utf8");

/** The same for hosts and their console. */
export const hostProtocolPage = readFileSync(new URL("../docs/host-protocol.md", import.meta.url), "utf8");

/** The rows of every table whose head starts like this, as cells of plain text. */
export const rowsOf = (head: string, text = protocolPage): string[][] => readRows(head, text);
