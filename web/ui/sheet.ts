/** A style sheet for shadow roots. Unlike a `<style>`, no Content-Security-Policy of the page around forbids it. */
export function createSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
