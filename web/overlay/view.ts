import type { FC } from "hono/jsx";
import type { OverlaySlot } from "../interactions/slots.ts";
import type { Options } from "./options.ts";

/** Something that is shown of the session. */
export interface Part {
  readonly place: OverlaySlot["place"];
  readonly Drawing: FC;
}

/** What the page shows. */
export interface View {
  /** `over`: nothing, since the session has ended. */
  readonly screen: "connecting" | "live" | "over";
  /** Why there is nothing to see, and what to do about it. */
  readonly problem: string | undefined;
  readonly options: Options;
  readonly people: number;
  readonly parts: readonly Part[];
}
