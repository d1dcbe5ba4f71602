/** Why a PDF can't be shown. `unreachable`: it may well be later. */
export type PdfObstacle = "password" | "broken" | "missing" | "unreachable";

/** What is thrown where a PDF can't be opened. */
export class PdfError extends Error {
  override readonly name = "PdfError";
  readonly obstacle: PdfObstacle;

  constructor(obstacle: PdfObstacle, cause?: unknown) {
    super(`the PDF can't be opened: ${obstacle}`, { cause });
    this.obstacle = obstacle;
  }
}
