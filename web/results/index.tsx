import { render } from "hono/jsx/dom";
import { getKeptToken, takeToken } from "../plugin/host-token.ts";
import { results as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { Room } from "./room.ts";
import { view } from "./view.ts";

// Before anything else: out of the address and its history.
const tokenInAddress = takeToken();
const token = tokenInAddress ?? getKeptToken(location.origin);
const session = new URLSearchParams(location.search).get("session")?.trim();
const root = document.querySelector<HTMLElement>("#app");

document.title = words.title;
view.watch(() => {
  const { name } = view.get();
  document.title = name === "" ? words.title : words.titleOf(name);
});

const room = session ? new Room(session) : undefined;
if (room) void room.enter(token, tokenInAddress === undefined ? "kept" : "address");
else view.set({ screen: "noSession" });
if (root) render(<App room={room} />, root);
