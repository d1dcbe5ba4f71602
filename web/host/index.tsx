import { render } from "hono/jsx/dom";
import { host as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { HostConsole } from "./console.ts";
import { hasLink, takeLink } from "./entrance/one-time-link.ts";

// Before anything else: out of the address and its history.
const link = takeLink();
const root = document.querySelector<HTMLElement>("#app");
if (root) mount(root);

/** A file that misses its place would be opened instead of this page, and take with it what is on its way. */
function refuseFiles(event: DragEvent): void {
  const { dataTransfer, defaultPrevented } = event;
  if (defaultPrevented || !dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  dataTransfer.dropEffect = "none";
}

/** Everything that the page knows is made here, and goes with it. */
function mount(root: HTMLElement): void {
  const console = new HostConsole();
  console.view.watch(() => {
    const { screen, place } = console.view.get();
    const isView = screen === "desk" && place.view !== "open";
    document.title = isView ? words.titleOf(words.views[place.view]) : words.title;
  });
  document.title = words.title;
  // Pasted into the tab that is open here, a link changes the fragment alone.
  addEventListener("hashchange", () => hasLink() && location.reload());
  for (const type of ["dragover", "drop"] as const) addEventListener(type, refuseFiles);
  render(<App console={console} />, root);
  void console.start(link);
}
