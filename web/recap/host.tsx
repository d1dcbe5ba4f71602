import { render } from "hono/jsx/dom";
import type { HostPass } from "../ui/host-pass.ts";
import { openWithoutName } from "../ui/own-session.ts";
import { dir, tag } from "../words/en/language.ts";
import { recap as words } from "../words/en.ts";
import { App } from "./app.tsx";
import { HostRecap } from "./host-recap.ts";
import { hasPaper, steadyPaper } from "./paper.ts";
import { createView } from "./view.ts";

/** What the page was opened with. */
interface Opened {
  readonly sessionUid: string | undefined;
  /** The address with a pass in it. */
  readonly link: string | undefined;
  readonly kept: HostPass | undefined;
}

/** What hosts need, and whoever finds nothing to read. */
export function mountHost({ sessionUid, link, kept }: Opened): void {
  const view = createView();
  const recap = sessionUid === undefined ? undefined : new HostRecap(sessionUid, view);
  if (!hasPaper()) document.title = words.title;
  view.watch(() => {
    const { screen, status } = view.get();
    if (screen === "host" && status.version === undefined) document.title = words.title;
  });
  if (!recap) {
    void openWithoutName(link, kept).then(
      (refusal) => refusal && view.set({ screen: "noSession", ...refusal }),
    );
  } else if (link !== undefined) void recap.enterWith(link);
  else void recap.enter(kept, "kept");
  const root = getRoot();
  render(<App store={view} recap={recap} />, root);
  steadyPaper(root);
}

/** The shell's own, or one before a page that is published. */
function getRoot(): HTMLElement {
  addStyle();
  const root = document.querySelector<HTMLElement>("#app");
  if (root) return root;
  const added = document.createElement("div");
  // The page itself is in the language of the talk.
  Object.assign(added, { id: "app", lang: tag, dir });
  document.body.prepend(added);
  return added;
}

/** What readers need not load. */
function addStyle(): void {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = "/assets/recap-host.css";
  document.head.append(link);
}
