/** Takes server-sent events apart, whatever the pieces they arrive in. Only `data` is of interest. */
export class EventParser {
  #rest = "";
  #data: string[] = [];

  /** @returns the data of every event that is complete with this piece */
  push(piece: string): string[] {
    const events: string[] = [];
    // A piece may end between the two characters of a line's end.
    const isCut = piece.endsWith("\r");
    const lines = (this.#rest + (isCut ? piece.slice(0, -1) : piece)).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? "") + (isCut ? "\r" : "");
    for (const line of lines) {
      if (line.startsWith("data:")) this.#data.push(line.slice(line[5] === " " ? 6 : 5));
      if (line !== "" || this.#data.length === 0) continue;
      events.push(this.#data.join("\n"));
      this.#data = [];
    }
    return events;
  }
}
