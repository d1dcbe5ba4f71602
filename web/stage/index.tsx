import { render } from "hono/jsx/dom";
import { getKeptPass, readPass, takePassLink } from "../ui/host-pass.ts";
import { openWithoutName } from "../ui/own-session.ts";
import { common, stage as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { hearPanelKey } from "./panel.ts";
import { view } from "./view.ts";
import { askForPass, tryAgain, watchSession } from "./watch.ts";

// Before anything else: out of the address and its history.
const link = takePassLink();
const session = new URLSearchParams(location.search).get("session")?.trim();
const kept = getKeptPass(location.origin, session);
const root = document.querySelector<HTMLElement>("#app");

document.title = words.title;
if (!session) void openSession();
else if (link !== undefined) watchWith(link);
else if (kept) void watchSession(session, kept);
else void askForPass(session);

async function openSession(): Promise<void> {
  const refusal = await openWithoutName(link, kept);
  if (refusal) view.set({ screen: "noSession", ...refusal });
}

/** Nothing is sent that can't let a host in. */
function watchWith(text: string): void {
  const pass = readPass(text);
  if (session && pass) void watchSession(session, pass);
  else view.set({ screen: "ask", problem: common.noPass });
}

// The clock of the timeline; a page nobody looks at needs none.
setInterval(() => !document.hidden && view.set({ now: Date.now() }), 1000);

addEventListener("keydown", (event) => view.get().screen === "stage" && hearPanelKey(event));

if (root) render(<App onPass={watchWith} onTryAgain={tryAgain} />, root);
