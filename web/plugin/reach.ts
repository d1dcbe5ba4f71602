import type { Connection } from "../client/session.ts";

/** Whether the service is there, out of reach, or has never answered at all. */
export type Reach = "there" | "lost" | "silent";

/** A service that has not answered by then is said not to; one that was there may be away for this long. */
const SILENT_MS = 5000;
const LOST_MS = 3000;

/** Tells the speaker what they can't see: short gaps mend themselves, and are no news. */
export class ReachWatch {
  readonly #onChange: (reach: Reach) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasThere = false;

  constructor(onChange: (reach: Reach) => void) {
    this.#onChange = onChange;
  }

  update(connection: Connection): void {
    if (connection === "connecting") {
      const [ms, reach] = this.#wasThere ? ([LOST_MS, "lost"] as const) : ([SILENT_MS, "silent"] as const);
      this.#timer ??= setTimeout(() => this.#onChange(reach), ms);
      return;
    }
    this.#stop();
    this.#wasThere ||= connection !== "closed";
    this.#onChange("there");
  }

  /** What comes next is another session. */
  reset(): void {
    this.#stop();
    this.#wasThere = false;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
