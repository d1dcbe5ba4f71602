import { render } from "hono/jsx/dom";
import { overlaySlots } from "../interactions/overlay.ts";
import { createStore } from "../ui/store.ts";
import { overlay as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { readOptions } from "./options.ts";
import { follow } from "./stream.ts";
import type { View } from "./view.ts";

const root = document.querySelector<HTMLElement>("#app");
if (root) mount(root);

/** The key stays in the fragment: a stream's program opens this address again and again. */
function mount(root: HTMLElement): void {
  const query = new URLSearchParams(location.search);
  const sessionUid = query.get("session")?.trim();
  const key = new URLSearchParams(location.hash.slice(1)).get("key")?.trim();
  const options = readOptions(
    query,
    overlaySlots.map(({ name }) => name),
  );
  const view = createStore<View>({
    screen: "connecting",
    problem: typeof options === "string" ? options : undefined,
    options: typeof options === "string" ? { show: [], theme: "dark", side: "left" } : options,
    people: 0,
    parts: [],
  });
  document.title = words.title;
  addEventListener("hashchange", () => location.reload());
  if (!sessionUid || !key) view.set({ problem: words.incomplete });
  else if (typeof options !== "string") follow(view, sessionUid, key);
  render(<App store={view} />, root);
}
