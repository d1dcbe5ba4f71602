import { isStale, type RevintError } from "../client/error.ts";
import { OverlayClient } from "../client/overlay-session.ts";
import { overlaySlots } from "../interactions/overlay.ts";
import type { Store } from "../ui/store.ts";
import { overlay as words } from "../words/en.ts";
import type { View } from "./view.ts";

/** A session that has ended may be begun anew: it is looked at again so often, in milliseconds, and when it is seen again. */
const AGAIN_MS = 10 * 60_000;

/** Follows a session for a stream, for as long as the page is there. */
export function follow(view: Store<View>, sessionUid: string, key: string): void {
  const session = new OverlayClient(sessionUid, key, location.origin);
  const { show } = view.get().options;
  const parts = overlaySlots
    .filter(({ name }) => show.includes(name))
    .map(({ place, create }) => ({ place, Drawing: create(session) }));
  view.set({ parts });
  session.on("participants", (people) => view.set({ people }));
  session.on("connection", (connection) => {
    // What was heard stays while the connection is lost: nobody in the stream can do anything about it.
    if (connection === "live" || connection === "fallback") view.set({ screen: "live" });
  });
  session.on("end", () => {
    view.set({ screen: "over" });
    setTimeout(() => location.reload(), AGAIN_MS);
    document.addEventListener("visibilitychange", () => !document.hidden && location.reload());
  });
  session.on("error", (error) => view.set({ problem: nameProblem(error) }));
}

function nameProblem({ code }: RevintError): string {
  if (code === "session_not_found") return words.notFound;
  return isStale(code) ? words.revoked : words.refused;
}
