/// <reference path="../css.d.ts" />
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
 * A constructed sheet needs no `<style>`, which a deck's Content-Security-Policy might forbid.
 */
export function createShadow(host: HTMLElement): ShadowRoot {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  return root;
}
