import { render } from "hono/jsx/dom";
import { getKeptPass, type HostPass, takePassLink } from "../ui/host-pass.ts";
import { openWithoutName } from "../ui/own-session.ts";
import { stage as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { Entrance } from "./entrance.ts";
import { Panel } from "./panel.ts";
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
  const panel = new Panel();
  const entrance = session ? new Entrance(session, view) : undefined;
  const askToStart = (pass: HostPass) => view.set({ screen: "notStarted", unstarted: pass });
  document.title = words.title;
  if (!entrance) {
    void openWithoutName(link, kept, askToStart).then(
      (refusal) => refusal && view.set({ screen: "noSession", ...refusal }),
    );
  } else if (link !== undefined) entrance.enterWith(link);
  else if (kept) void entrance.enter(kept);
  else void entrance.askForPass();
  addEventListener("keydown", (event) => view.get().screen === "stage" && panel.hearKey(event));
  render(<App store={view} entrance={entrance} panel={panel} onNotStarted={askToStart} />, root);
}
