/** What a drawing goes into: the element itself, or a new one behind it where it can't hold one, such as a list. */
export function findHost(element: HTMLElement): HTMLElement {
  if (element.localName === "div") return mark(element);
  const next = element.nextElementSibling;
  if (next instanceof HTMLElement && next.dataset.revintDrawn === "list") return next;
  const host = document.createElement("div");
  host.dataset.revintDrawn = "list";
  element.after(host);
  return mark(host);
}

function mark(host: HTMLElement): HTMLElement {
  host.dataset.revintDrawn ??= "";
  host.classList.add("slot");
  return host;
}
