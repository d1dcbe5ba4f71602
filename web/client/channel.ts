import type { RevintError } from "./error.ts";
import type { HeardMessage } from "./message.ts";

/** The service greets a new connection at once. One that has not been greeted by then is none. */
export const GREETING_MS = 8000;

/** One connection over which messages come. It ends by itself (`onEnd`, once) or by `close`. */
export interface Channel {
  /** Looks whether it is still alive, sooner than it would by itself. */
  probe(): void;
  /** Ends it; nothing is heard of it any more. */
  close(): void;
}

export interface ChannelEvents {
  onMessage(message: HeardMessage): void;
  /** It is lost, or never came about. `isSilent`: it may be there, and nothing came. */
  onEnd(error: RevintError, isSilent?: boolean): void;
}
