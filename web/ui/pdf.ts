import type * as Pdfjs from "pdfjs-dist";
import type { PDFDocumentProxy } from "pdfjs-dist";

/** Where our own site has pdf.js, and what it loads when a file needs it: fonts, character maps, decoders of pictures. */
const FOLDER = "/pdfjs/";

/** An opened PDF; `destroy` frees all that it takes. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  destroy(): void;
}

/** Why a PDF can't be shown. `unreachable`: it may well be later. */
export type PdfObstacle = "password" | "broken" | "missing" | "unreachable";

/** What was thrown by {@link openPdf}. */
export class PdfError extends Error {
  override readonly name = "PdfError";
  readonly obstacle: PdfObstacle;

  constructor(obstacle: PdfObstacle, cause?: unknown) {
    super(`the PDF can't be opened: ${obstacle}`, { cause });
    this.obstacle = obstacle;
  }
}

/** pdf.js, which only those pages load that have a PDF to read. The address is no literal, so that no bundle takes it in. */
export async function loadPdfjs(): Promise<typeof Pdfjs> {
  const address = `${FOLDER}pdf.min.mjs`;
  try {
    const pdfjs: typeof Pdfjs = await import(address);
    pdfjs.GlobalWorkerOptions.workerSrc = `${FOLDER}pdf.worker.min.mjs`;
    return pdfjs;
  } catch (error) {
    throw new PdfError("unreachable", error);
  }
}

/**
 * Opens a PDF in a worker. Nothing in it runs: pdf.js evaluates scripts only in a viewer that has them, and we have none.
 * @param source an address of our own, which is read in ranges; or the file itself, which is given away
 * @throws PdfError
 */
export async function openPdf(
  source: { readonly url: string } | { readonly data: Uint8Array },
): Promise<OpenPdf> {
  const { getDocument } = await loadPdfjs();
  const task = getDocument({
    ...source,
    cMapUrl: `${FOLDER}cmaps/`,
    iccUrl: `${FOLDER}iccs/`,
    standardFontDataUrl: `${FOLDER}standard_fonts/`,
    wasmUrl: `${FOLDER}wasm/`,
    enableXfa: false,
    // Warnings about sloppy files are nothing that who looks at a deck can act on.
    verbosity: 0,
  });
  try {
    return { pdf: await task.promise, destroy: () => void task.destroy() };
  } catch (error) {
    void task.destroy();
    throw new PdfError(nameObstacle(error), error);
  }
}

function nameObstacle(error: unknown): PdfObstacle {
  if (!(error instanceof Error)) return "broken";
  if (error.name === "PasswordException") return "password";
  if (error.name === "ResponseException") {
    return "missing" in error && error.missing === true ? "missing" : "unreachable";
  }
  // A browser that gets no answer throws a TypeError, and pdf.js hands it on under a name of its own.
  return /fetch|network|load/i.test(error.message) ? "unreachable" : "broken";
}
