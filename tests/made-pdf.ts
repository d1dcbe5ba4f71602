/** A content stream that was compressed, a character for each byte. */
interface Deflated {
  readonly deflated: string;
}

/** Pages as their content streams, drawn with Helvetica as `F1`, and what else stands in the catalog and on the first page. */
export interface PdfParts {
  readonly pages: readonly (string | Deflated)[];
  readonly catalog?: string;
  readonly firstPage?: string;
}

/** A PDF by hand: for what no honest program writes. */
export function makePdf({ pages, catalog = "", firstPage = "" }: PdfParts): Buffer {
  const kids = pages.map((_, index) => `${4 + index} 0 R`).join(" ");
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...pages.map(
      (_, index) =>
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 540] /Resources << /Font << /F1 3 0 R >> >>
        /Contents ${4 + pages.length + index} 0 R ${index === 0 ? firstPage : ""} >>`,
    ),
    ...pages.map((page) => {
      const [content, filter] =
        typeof page === "string" ? [page, ""] : [page.deflated, "/Filter /FlateDecode"];
      return `<< /Length ${content.length} ${filter} >>\nstream\n${content}\nendstream`;
    }),
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const count = objects.length + 1;
  return Buffer.from(
    `${text}xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>
startxref\n${text.length}\n%%EOF\n`,
    "latin1",
  );
}

/** A page with a heading, and a line below it. */
export const writePage = (heading: string, line = ""): string =>
  `BT /F1 48 Tf 80 430 Td (${heading}) Tj /F1 24 Tf 0 -80 Td (${line}) Tj ET`;
