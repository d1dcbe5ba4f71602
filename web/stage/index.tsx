import { render } from "hono/jsx/dom";
import { getKeptToken, takeToken } from "../plugin/host-token.ts";
import { stage as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { view } from "./view.ts";
import { watchSession } from "./watch.ts";

// Before anything else: out of the address and its history.
const tokenInAddress = takeToken();
const token = tokenInAddress ?? getKeptToken(location.origin);
const session = new URLSearchParams(location.search).get("session")?.trim();
const root = document.querySelector<HTMLElement>("#app");

document.title = words.title;
if (!session) view.set({ screen: "noSession" });
else if (token === undefined) view.set({ screen: "ask" });
else void watchSession(session, token);

if (root) render(<App onToken={(pasted) => session && watchSession(session, pasted)} />, root);
