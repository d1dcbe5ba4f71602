/** A slide of a Markdown deck, in its own units. */
export const MARKDOWN_SIZE = { width: 1280, height: 720 } as const;

/** What no slide that was made from Markdown holds: the service makes none of it, and this page takes none. */
const FOREIGN = "script, style, link, meta, base, iframe, object, embed, form, svg, math, template";
/** Where a link may lead. */
const LINK = /^(https?:|mailto:|#)/i;

/**
 * The slides of a Markdown deck. The service has made them without raw HTML, and the page's policy lets no inline script
 * run; so this is the third that looks, and the only one that is here.
 * @param base where its pictures are, as `files/{name}`
 */
export function readMarkdownSlides(html: string, base: string): HTMLElement[] {
  // Nothing in it is loaded or runs in there.
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const element of body.querySelectorAll(FOREIGN)) element.remove();
  for (const element of body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (/^on|^style$|^srcdoc$|^srcset$|:/i.test(name)) element.removeAttribute(name);
    }
  }
  for (const link of body.querySelectorAll("a")) {
    const href = link.getAttribute("href") ?? "";
    if (!LINK.test(href)) link.removeAttribute("href");
    else if (!href.startsWith("#")) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
  }
  for (const picture of body.querySelectorAll("img")) {
    const src = picture.getAttribute("src") ?? "";
    if (URL.canParse(src, base)) picture.src = new URL(src, base).href;
  }
  return [...body.children].filter(
    (child): child is HTMLElement => child instanceof HTMLElement && child.localName === "section",
  );
}
