/** What is to be known of a PDF before it is sent. */
export interface PdfFacts {
  readonly pages: number;
  /** As its author, or the program that wrote it, has named it; empty, if nobody has. */
  readonly title: string;
}

/** `protected`: it can't be shown without a password. `missing`: what reads PDFs could not be loaded. */
export type PdfObstacle = "protected" | "broken" | "missing";

/** What was thrown by {@link readPdf}. */
export class PdfError extends Error {
  override readonly name = "PdfError";
  readonly obstacle: PdfObstacle;

  constructor(obstacle: PdfObstacle, cause?: unknown) {
    super(`the PDF can't be read: ${obstacle}`, { cause });
    this.obstacle = obstacle;
  }
}

/** Opens a PDF in a worker, and closes it again: nothing of it is drawn, and nothing in it runs. @throws PdfError */
export async function readPdf(content: Uint8Array): Promise<PdfFacts> {
  const { getDocument } = await loadPdfjs();
  // Warnings about sloppy files are nothing that whoever uploads one can act on.
  const task = getDocument({ data: content, enableXfa: false, verbosity: 0 });
  try {
    const pdf = await task.promise;
    const { info } = await pdf.getMetadata();
    // It opens without a password, and yet its content is encrypted: the service takes none of these.
    if ("EncryptFilterName" in info && info.EncryptFilterName) throw new PdfError("protected");
    const title = "Title" in info && typeof info.Title === "string" ? info.Title : "";
    return { pages: pdf.numPages, title };
  } catch (error) {
    if (error instanceof PdfError) throw error;
    throw new PdfError(nameObstacle(error), error);
  } finally {
    void task.destroy();
  }
}

function nameObstacle(error: unknown): PdfObstacle {
  if (!(error instanceof Error)) return "broken";
  if (error.name === "PasswordException") return "protected";
  // What pdf.js says when its worker can't be loaded.
  return error.message.includes("fake worker") ? "missing" : "broken";
}

async function loadPdfjs() {
  try {
    const pdfjs = await import("pdfjs-dist");
    pdfjs.GlobalWorkerOptions.workerSrc = "/pdfjs/pdf.worker.min.mjs";
    return pdfjs;
  } catch (error) {
    throw new PdfError("missing", error);
  }
}
