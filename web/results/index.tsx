import { render } from "hono/jsx/dom";
import { getKeptPass, keepPass, readPass, takePassLink } from "../ui/host-pass.ts";
import { results as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { Room } from "./room.ts";
import { view } from "./view.ts";

// Before anything else: out of the address and its history.
const link = takePassLink();
const session = new URLSearchParams(location.search).get("session")?.trim();
const kept = getKeptPass(location.origin, session);
const root = document.querySelector<HTMLElement>("#app");

document.title = words.title;
view.watch(() => {
  const { name } = view.get();
  document.title = name === "" ? words.title : words.titleOf(name);
});

const room = session ? new Room(session) : undefined;
if (room && link !== undefined) void room.enterWith(link);
else if (room) void room.enter(kept, "kept");
else askForSession();

/** What was in the address is not lost meanwhile. */
function askForSession(): void {
  const pass = readPass(link ?? "");
  if (pass) keepPass(location.origin, pass);
  view.set({ screen: "noSession" });
}

if (root) render(<App room={room} />, root);
