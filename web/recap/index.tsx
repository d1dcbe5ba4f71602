import { render } from "hono/jsx/dom";
import { getKeptPass, takePassLink } from "../ui/host-pass.ts";
import { dir, tag } from "../words/en/language.ts";
import { Tools } from "./tools.tsx";

// Before anything else: out of the address and its history.
const link = takePassLink();
const isPublished = document.querySelector("main#recap") !== null;
const sessionUid = new URLSearchParams(location.search).get("session")?.trim() || undefined;
const kept = getKeptPass(location.origin, sessionUid);

if (isPublished) mountTools();
// Readers load nothing of what a host needs.
if (!isPublished || link !== undefined || kept !== undefined) {
  void import("./host.tsx").then(({ mountHost }) => mountHost({ sessionUid, link, kept }));
}

/** After the page, for whoever has read it. */
function mountTools(): void {
  const root = document.createElement("div");
  // The page itself is in the language of the talk.
  Object.assign(root, { lang: tag, dir });
  document.body.append(root);
  render(<Tools />, root);
}
