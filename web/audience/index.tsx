import { render } from "hono/jsx/dom";
import { audience as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { Seat } from "./seat.ts";
import { view } from "./view.ts";

const root = document.querySelector<HTMLElement>("#app");
const session = new URLSearchParams(location.search).get("session")?.trim();

document.title = words.title;
view.watch(() => {
  const { name } = view.get();
  document.title = name === "" ? words.title : words.titleOf(name);
});

const seat = session ? new Seat(session) : undefined;
if (!seat) view.set({ screen: "noSession" });
if (root) render(<App onReact={(reaction) => seat?.react(reaction)} />, root);
