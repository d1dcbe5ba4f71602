import { render } from "hono/jsx/dom";
import { getKeptPass, takePassLink } from "../ui/host-pass.ts";
import { openWithoutName } from "../ui/own-session.ts";
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
else void openSession();

async function openSession(): Promise<void> {
  const refusal = await openWithoutName(link, kept);
  if (refusal) view.set({ screen: "noSession", ...refusal });
}

if (root) render(<App room={room} />, root);
