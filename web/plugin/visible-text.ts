/** What is no text of a slide to its readers: scripts, drawings, what only screen readers or speakers get, and our own slots. */
const UNREAD =
  "script, style, template, noscript, svg, canvas, video, audio, iframe, object, select, textarea, rt, rp, " +
  "[hidden], [aria-hidden=true], .notes, [data-revint-qr], [data-revint-totals]";

/** Where KaTeX, MathJax or the author has put a formula. */
const MATH = ".katex, mjx-container, .MathJax, math";

/** Fragments that are there before their turn: it only changes how they look, or takes them away. */
const THERE_BEFORE = /(^|\s)(fade-out|semi-fade-out|grow|shrink|strike|highlight-[\w-]+)(\s|$)/;

/** What people can read of an element at this moment, its lines apart by `\n`. */
export function readText(element: Element): string {
  return [...element.childNodes].map((node) => readNode(node, element)).join("");
}

/** Whether nothing between the element and its slide keeps people from reading it. */
export function isReadable(element: Element, slide: Element): boolean {
  for (let at: Element | null = element; at && at !== slide; at = at.parentElement) {
    if (isUnread(at) || getComputedStyle(at).display === "none") return false;
  }
  return true;
}

function readNode(node: Node, parent: Element): string {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.textContent ?? "";
    return getComputedStyle(parent).whiteSpace.startsWith("pre") ? text : text.replace(/\s+/g, " ");
  }
  if (!(node instanceof Element)) return "";
  if (node.localName === "br") return " ";
  if (isUnread(node)) return "";
  const { display } = getComputedStyle(node);
  if (display === "none") return "";
  const isMath = node.matches(MATH);
  const text = isMath ? readMath(node) : readText(node);
  return isMath || /^(inline|contents|ruby)/.test(display) ? text : `\n${text}\n`;
}

const isUnread = (element: Element): boolean =>
  element.matches(UNREAD) || (element.classList.contains("fragment") && !isThere(element));

/** By its classes, since what is computed of it lies in between while it fades. */
function isThere({ classList, className }: Element): boolean {
  if (classList.contains("current-visible") || classList.contains("fade-in-then-out")) {
    return classList.contains("current-fragment");
  }
  return classList.contains("visible") ? !classList.contains("fade-out") : THERE_BEFORE.test(className);
}

/** A formula stands in a page up to three times: as MathML, as its source, and drawn. Once is enough, its source first. */
function readMath(element: Element): string {
  const source =
    element.querySelector('annotation[encoding="application/x-tex"]')?.textContent ??
    element.querySelector<HTMLElement>("[data-latex]")?.dataset.latex;
  if (source) return source;
  const math = (element.matches("math") ? element : (element.querySelector("math") ?? element)).cloneNode(
    true,
  );
  if (math instanceof Element)
    for (const note of math.querySelectorAll("annotation, annotation-xml")) note.remove();
  return (math.textContent ?? "").replace(/\s+/g, " ");
}
