/**
 * Follows the frames of a WebSocket in one direction (RFC 6455, 5.2), to know where one ends: only there may somebody in
 * between say something of their own.
 */
export class FrameScanner {
  /** Bytes of the head of a frame that have come, while it is not whole. */
  readonly #head = new Uint8Array(14);
  #headLength = 0;
  /** Bytes of the payload that are yet to come. */
  #left = 0;

  /** Whether the last frame is whole, and no other has begun. */
  get isBetweenFrames(): boolean {
    return this.#left === 0 && this.#headLength === 0;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, chunk.length - at);
        this.#left -= taken;
        at += taken;
        continue;
      }
      this.#head[this.#headLength++] = chunk[at++] ?? 0;
      if (this.#headLength === headLength(this.#head, this.#headLength)) {
        this.#left = payloadLength(this.#head);
        this.#headLength = 0;
      }
    }
  }
}

/** How long a head is, as far as `known` bytes of it say. */
function headLength(head: Uint8Array, known: number): number {
  if (known < 2) return 2;
  const [, second = 0] = head;
  const short = second & 0x7f;
  return 2 + (short === 126 ? 2 : short === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
}

function payloadLength(head: Uint8Array): number {
  const view = new DataView(head.buffer);
  const short = view.getUint8(1) & 0x7f;
  if (short < 126) return short;
  return short === 126 ? view.getUint16(2) : Number(view.getBigUint64(2));
}

/** A close frame of a server: to its client, whoever it was that spoke before. */
export const closeFrame = (code: number): Uint8Array =>
  Uint8Array.of(0x88, 2, Math.floor(code / 256), code % 256);
