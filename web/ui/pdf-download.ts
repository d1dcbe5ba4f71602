import type { PDFDataRangeTransport } from "pdfjs-dist";
import { Backoff } from "../client/backoff.ts";
import { Pause } from "../client/pause.ts";
import { onWake } from "../client/wake.ts";
import { PdfError } from "./pdf-error.ts";

/** How a PDF comes in: `waiting` for the network, and `gone` for good. */
export type Arrival = "fine" | "waiting" | "gone";

type CreateTransport = (length: number) => PDFDataRangeTransport;

/** A range that takes longer is asked for again. */
const RANGE_TIMEOUT_MS = 30_000;

/**
 * A PDF on its way: all of it, and first of all the ranges that pdf.js asks for. pdf.js asks for each once, and waits for
 * ever for one that the network has lost; so what breaks off is gone on with until it is there.
 */
export class PdfDownload {
  readonly transport: PDFDataRangeTransport;
  readonly #url: string;
  readonly #onArrival: (arrival: Arrival) => void;
  #arrival: Arrival = "fine";
  /** What waits for the network, until something of it comes again. */
  readonly #stalled = new Set<Pause>();
  readonly #end = new AbortController();
  readonly #unwatch: () => void;

  private constructor(url: string, transport: PDFDataRangeTransport, onArrival: (arrival: Arrival) => void) {
    this.#url = url;
    this.#onArrival = onArrival;
    this.transport = transport;
    transport.requestDataRange = (begin, end) => void this.#sendRange(begin, end);
    transport.abort = () => this.stop();
    this.#unwatch = onWake(() => this.#resume());
  }

  /** @param onArrival told when it comes in otherwise than before @throws PdfError: `missing`, `unreachable` */
  static async begin(
    url: string,
    createTransport: CreateTransport,
    onArrival: (arrival: Arrival) => void,
  ): Promise<PdfDownload> {
    const response = await fetch(url).catch((error: unknown) => {
      throw new PdfError("unreachable", error);
    });
    const length = Number(response.headers.get("content-length"));
    if (response.status !== 200 || !response.body || !(length > 0)) {
      void response.body?.cancel();
      throw new PdfError(response.status === 404 ? "missing" : "unreachable");
    }
    const download = new PdfDownload(url, createTransport(length), onArrival);
    void download.#sendAll(response, length);
    return download;
  }

  stop(): void {
    this.#end.abort();
    this.#unwatch();
    this.#resume();
  }

  /** All of it, in its order, each byte once. */
  async #sendAll(first: Response, length: number): Promise<void> {
    let at = 0;
    let response: Response | undefined = first;
    await this.#untilDone(async (goOn) => {
      response ??= await this.#fetch(`bytes=${at}-`, this.#end.signal);
      const reader = response?.body?.getReader();
      response = undefined;
      for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
        at += next.value.byteLength;
        this.transport.onDataProgressiveRead(next.value);
        goOn();
      }
      return at >= length;
    });
    if (at >= length) this.transport.onDataProgressiveDone();
  }

  async #sendRange(begin: number, end: number): Promise<void> {
    await this.#untilDone(async () => {
      const signal = AbortSignal.any([this.#end.signal, AbortSignal.timeout(RANGE_TIMEOUT_MS)]);
      const response = await this.#fetch(`bytes=${begin}-${end - 1}`, signal);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length !== end - begin) return false;
      // Nobody may want it any more.
      if (!this.#end.signal.aborted) this.transport.onDataRange(begin, bytes);
      return true;
    });
  }

  /**
   * Tries until it succeeds, the download is over, or the file is gone.
   * @param attempt is given what it calls when something comes again
   */
  async #untilDone(attempt: (goOn: () => void) => Promise<boolean>): Promise<void> {
    const backoff = new Backoff();
    const pause = new Pause();
    const goOn = () => {
      if (this.#stalled.delete(pause) && this.#stalled.size === 0) this.#tell("fine");
    };
    while (!this.#end.signal.aborted) {
      const outcome = await attempt(goOn).catch((error: unknown) =>
        error instanceof PdfError ? error : false,
      );
      if (outcome instanceof PdfError) {
        this.#tell("gone");
        return;
      }
      if (outcome) return goOn();
      this.#stalled.add(pause);
      this.#tell("waiting");
      await pause.wait(backoff.next());
    }
  }

  /** @throws PdfError for a file that is gone; anything else may pass */
  async #fetch(range: string, signal: AbortSignal): Promise<Response> {
    // A browser's cache lets no other request of an address through while it keeps what comes of the first.
    const response = await fetch(this.#url, { headers: { range }, signal, cache: "no-store" });
    if (response.status === 206) return response;
    void response.body?.cancel();
    if (response.status === 404) throw new PdfError("missing");
    throw new Error(`status ${response.status}`);
  }

  #resume(): void {
    for (const pause of this.#stalled) pause.skip();
  }

  #tell(arrival: Arrival): void {
    if (arrival === this.#arrival || this.#end.signal.aborted) return;
    this.#arrival = arrival;
    this.#onArrival(arrival);
  }
}
