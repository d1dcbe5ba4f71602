import { render } from "hono/jsx/dom";
import { audience as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { Seat } from "./seat.ts";
import { createView } from "./view.ts";

const root = document.querySelector<HTMLElement>("#app");
if (root) mount(root);

/** Everything that the page knows is made here, and goes with it. */
function mount(root: HTMLElement): void {
  const view = createView();
  view.watch(() => {
    const { name } = view.get();
    document.title = name === "" ? words.title : words.titleOf(name);
  });
  document.title = words.title;
  const session = new URLSearchParams(location.search).get("session")?.trim();
  const seat = session ? new Seat(session, view) : undefined;
  if (!seat) view.set({ screen: "noSession" });
  render(<App store={view} seat={seat} />, root);
}
