import { render } from "hono/jsx/dom";
import { getKeptPass, takePassLink } from "../ui/host-pass.ts";
import { openWithoutName } from "../ui/own-session.ts";
import { results as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { Room } from "./room.ts";
import { createView } from "./view.ts";

// Before anything else: out of the address and its history.
const link = takePassLink();
const root = document.querySelector<HTMLElement>("#app");
if (root) mount(root);

/** Everything that the page knows is made here, and goes with it. */
function mount(root: HTMLElement): void {
  const session = new URLSearchParams(location.search).get("session")?.trim();
  const kept = getKeptPass(location.origin, session);
  const view = createView();
  view.watch(() => {
    const { name } = view.get();
    document.title = name === "" ? words.title : words.titleOf(name);
  });
  document.title = words.title;
  const room = session ? new Room(session, view) : undefined;
  if (!room) {
    void openWithoutName(link, kept).then(
      (refusal) => refusal && view.set({ screen: "noSession", ...refusal }),
    );
  } else if (link !== undefined) void room.enterWith(link);
  else void room.enter(kept, "kept");
  render(<App store={view} room={room} />, root);
}
