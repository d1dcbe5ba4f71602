import { render } from "hono/jsx/dom";
import { getKeptPass, takePassLink } from "../ui/host-pass.ts";
import { openWithoutName } from "../ui/own-session.ts";
import { results as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { SessionResults } from "./session-results.ts";
import { createView } from "./view.ts";

// Before anything else: out of the address and its history.
const link = takePassLink();
const root = document.querySelector<HTMLElement>("#app");
if (root) mount(root);

/** Everything that the page knows is made here, and goes with it. */
function mount(root: HTMLElement): void {
  const sessionUid = new URLSearchParams(location.search).get("session")?.trim();
  const kept = getKeptPass(location.origin, sessionUid);
  const view = createView();
  view.watch(() => {
    const { name } = view.get();
    document.title = name === "" ? words.title : words.titleOf(name);
  });
  document.title = words.title;
  const session = sessionUid ? new SessionResults(sessionUid, view) : undefined;
  if (!session) {
    void openWithoutName(link, kept).then(
      (refusal) => refusal && view.set({ screen: "noSession", ...refusal }),
    );
  } else if (link !== undefined) void session.enterWith(link);
  else void session.enter(kept, "kept");
  render(<App store={view} session={session} />, root);
}
