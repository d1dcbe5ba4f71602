/** An answer that is read while it goes on, such as an event stream. */
export class Reading {
  /** What it said so far. */
  text = "";
  readonly #reader: ReadableStreamDefaultReader<string> | undefined;

  constructor(answer: Response) {
    this.#reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Resolves when it has said this. @throws when it ended without */
  async until(part: string): Promise<void> {
    while (!this.text.includes(part))
      if (!(await this.#readOn())) throw new Error(`the stream ended without ${part}`);
  }

  /** Resolves when it has ended by itself. */
  async end(): Promise<void> {
    while (await this.#readOn());
  }

  async cancel(): Promise<void> {
    await this.#reader?.cancel();
  }

  async #readOn(): Promise<boolean> {
    const { value, done } = (await this.#reader?.read()) ?? { done: true, value: undefined };
    if (done) return false;
    this.text += value;
    return true;
  }
}
