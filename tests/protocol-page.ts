import { readFileSync } from "node:fs";

/** The page that says what clients and revint say to each other. */
export const protocolPage = readFileSync(new URL("../docs/protocol.md", import.meta.url), "utf8");

/** The same for hosts and their console. */
export const hostProtocolPage = readFileSync(new URL("../docs/host-protocol.md", import.meta.url), "utf8");

/** The rows of every table whose head starts like this, as cells of plain text. */
export function rowsOf(head: string, text = protocolPage): string[][] {
  const lines = text.split("\n");
  return lines.flatMap((line, start) => {
    if (!line.startsWith(head)) return [];
    const end = lines.findIndex((other, index) => index > start && !other.startsWith("|"));
    return lines.slice(start + 2, end).map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.replaceAll("`", "").trim()),
    );
  });
}
