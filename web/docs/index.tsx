import { render } from "hono/jsx/dom";
import { docs as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { loadDescription } from "./description.ts";

const root = document.querySelector<HTMLElement>("#app");
if (root) void mount(root);

async function mount(root: HTMLElement): Promise<void> {
  document.title = words.title;
  render(<p class="notice">{words.loading}</p>, root);
  const description = await loadDescription().catch(() => undefined);
  if (!description) {
    render(<p class="notice problem">{words.failed}</p>, root);
    return;
  }
  render(<App description={description} asked={readHash()} />, root);
  goToAsked();
  addEventListener("hashchange", goToAsked);
}

const readHash = (): string => decodeURIComponent(location.hash.slice(1));

/** What the address names is in sight, and open. */
function goToAsked(): void {
  const asked = document.getElementById(readHash());
  if (asked instanceof HTMLDetailsElement) asked.open = true;
  asked?.scrollIntoView();
}
