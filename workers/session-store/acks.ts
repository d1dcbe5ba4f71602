/** Ids that are kept and that their sender has yet to hear of: those of one batch are said in one message a pipe. */
export class Acks<Pipe> {
  readonly #send: (pipe: Pipe, ids: readonly string[]) => void;
  readonly #ids = new Map<Pipe, string[]>();

  constructor(send: (pipe: Pipe, ids: readonly string[]) => void) {
    this.#send = send;
  }

  add(pipe: Pipe, id: string): void {
    const ids = this.#ids.get(pipe);
    if (ids) ids.push(id);
    else this.#ids.set(pipe, [id]);
  }

  /** Says them all. */
  flush(): void {
    for (const [pipe, ids] of this.#ids) this.#send(pipe, ids);
    this.#ids.clear();
  }

  /** The pipe is gone. */
  delete(pipe: Pipe): void {
    this.#ids.delete(pipe);
  }
}
