import { render } from "hono/jsx/dom";
import { audience as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { createMore } from "./more.tsx";
import { Seat } from "./seat.ts";
import { createView, type Screen } from "./view.ts";

/** What the service says where a code has led nowhere. */
const TROUBLES: Readonly<Record<string, Exclude<Screen, "connecting" | "session">>> = {
  wrong: "wrongCode",
  tooMany: "tooManyCodes",
  failed: "failed",
};

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
  if (!seat) {
    const screen = TROUBLES[root.dataset.trouble ?? ""] ?? "noSession";
    view.set({ screen });
    // The first thing that a screen reader says.
    if (screen !== "noSession") document.title = words.titleOf(words[screen].title);
  }
  render(<App store={view} seat={seat} More={createMore(view)} />, root);
}
