/** The rows of every table whose head starts like this, as cells of plain text. @param text a page in Markdown */
export function rowsOf(head: string, text: string): string[][] {
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
