import type * as Pdfjs from "pdfjs-dist";
import type { PDFDocumentProxy } from "pdfjs-dist";
import { type Arrival, PdfDownload } from "./pdf-download.ts";
import { PdfError, type PdfObstacle } from "./pdf-error.ts";

/** Where our own site has pdf.js, and what it loads when a file needs it: fonts, character maps, decoders of pictures. */
const FOLDER = "/pdfjs/";

/** An opened PDF; `destroy` frees all that it takes. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  destroy(): void;
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

/** An address of our own; or the file itself, which is given away. */
type PdfSource =
  | { readonly url: string; readonly onArrival: (arrival: Arrival) => void }
  | { readonly data: Uint8Array };

/**
 * Opens a PDF in a worker. Nothing in it runs: pdf.js evaluates scripts only in a viewer that has them, and we have none.
 * @throws PdfError
 */
export async function openPdf(source: PdfSource): Promise<OpenPdf> {
  const { getDocument, PDFDataRangeTransport } = await loadPdfjs();
  const createTransport = (length: number) => new PDFDataRangeTransport(length, null);
  let giveUp = () => {};
  // pdf.js would wait for the rest of it.
  const isGone = new Promise<never>((_, reject) => {
    giveUp = () => reject(new PdfError("missing"));
  });
  isGone.catch(() => {});
  const download =
    "url" in source
      ? await PdfDownload.begin(source.url, createTransport, (arrival) => {
          if (arrival === "gone") giveUp();
          source.onArrival(arrival);
        })
      : undefined;
  const task = getDocument({
    ...("data" in source ? source : { range: download?.transport }),
    cMapUrl: `${FOLDER}cmaps/`,
    iccUrl: `${FOLDER}iccs/`,
    standardFontDataUrl: `${FOLDER}standard_fonts/`,
    wasmUrl: `${FOLDER}wasm/`,
    enableXfa: false,
    // Warnings about sloppy files are nothing that who looks at a deck can act on.
    verbosity: 0,
  });
  const destroy = () => {
    download?.stop();
    void task.destroy();
  };
  try {
    return { pdf: await Promise.race([task.promise, isGone]), destroy };
  } catch (error) {
    destroy();
    throw error instanceof PdfError ? error : new PdfError(nameObstacle(error), error);
  }
}

function nameObstacle(error: unknown): PdfObstacle {
  if (!(error instanceof Error)) return "broken";
  if (error.name === "PasswordException") return "password";
  // Its worker, which a browser loads as it loads anything.
  return /fetch|network|load/i.test(error.message) ? "unreachable" : "broken";
}
