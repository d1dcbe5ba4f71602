/// <reference path="../css.d.ts" />
import { createSheet } from "../ui/sheet.ts";
import css from "./overlay.css" with { type: "text" };

let sheet: CSSStyleSheet | undefined;

/** What lies over a deck: nothing, as long as nothing is in it. */
export function createLayer(): HTMLElement {
  const layer = document.createElement("div");
  layer.className = "layer";
  layer.dataset.revintLayer = "";
  return layer;
}

/**
 * A shadow root with our styles, so that a deck's theme and the plugin leave each other alone.
 */
export function createShadow(host: HTMLElement): ShadowRoot {
  sheet ??= createSheet(css);
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  return root;
}
