/// <reference path="../css.d.ts" />
import { createSheet } from "../ui/sheet.ts";
import { dir, tag } from "../words/en/language.ts";
import css from "./overlay.css" with { type: "text" };

let sheet: CSSStyleSheet | undefined;

/** What lies over a deck: nothing, as long as nothing is in it. */
export function createLayer(): HTMLElement {
  const layer = document.createElement("div");
  layer.className = "layer";
  Object.assign(layer, { lang: tag, dir });
  layer.dataset.revintLayer = "";
  return layer;
}

/**
 * A shadow root with our styles, so that a deck's theme and the plugin leave each other alone.
 */
export function createShadow(host: HTMLElement): ShadowRoot {
  sheet ??= createSheet(css);
  // In a deck that is read from the left, too. The other way round, what is drawn there is read as its slide is.
  if (dir === "rtl") host.dir = dir;
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  return root;
}
