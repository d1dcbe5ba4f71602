import { render } from "hono/jsx/dom";
import { getKeptPass, readPass, takePassLink } from "../plugin/host-pass.ts";
import { common, stage as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { view } from "./view.ts";
import { askForPass, watchSession } from "./watch.ts";

// Before anything else: out of the address and its history.
const link = takePassLink();
const session = new URLSearchParams(location.search).get("session")?.trim();
const kept = getKeptPass(location.origin, session);
const root = document.querySelector<HTMLElement>("#app");

document.title = words.title;
if (!session) view.set({ screen: "noSession" });
else if (link !== undefined) watchWith(link);
else if (kept) void watchSession(session, kept);
else void askForPass(session);

/** Nothing is sent that can't let a host in. */
function watchWith(text: string): void {
  const pass = readPass(text);
  if (session && pass) void watchSession(session, pass);
  else view.set({ screen: "ask", problem: common.noPass });
}

if (root) render(<App onPass={watchWith} />, root);
