import { openPdf } from "../../ui/pdf.ts";
import { PdfError } from "../../ui/pdf-error.ts";

/** What is to be known of a PDF before it is sent. */
export interface PdfFacts {
  readonly pages: number;
  /** As its author, or the program that wrote it, has named it; empty, if nobody has. */
  readonly title: string;
}

/** Opens a PDF, and closes it again: nothing of it is drawn, and nothing in it runs. @throws PdfError */
export async function readPdf(content: Uint8Array): Promise<PdfFacts> {
  const { pdf, destroy } = await openPdf({ data: content });
  try {
    const { info } = await pdf.getMetadata();
    // It opens without a password, and yet its content is encrypted: the service takes none of these.
    if ("EncryptFilterName" in info && info.EncryptFilterName) throw new PdfError("password");
    const title = "Title" in info && typeof info.Title === "string" ? info.Title : "";
    return { pages: pdf.numPages, title };
  } catch (error) {
    throw error instanceof PdfError ? error : new PdfError("broken", error);
  } finally {
    destroy();
  }
}
