import type { Attributes, Markup, MarkupItem } from "./markup.ts";

const LISTS = "ul, ol";
const PREFIX = "revint";

/** What its author has written into an element, and around it. */
export function readElement(element: HTMLElement, page: string | undefined): Markup {
  return {
    attributes: readAttributes(element),
    items: [...(findList(element)?.children ?? [])].flatMap((child) =>
      child instanceof HTMLLIElement ? [readItem(child)] : [],
    ),
    heading: findHeading(element),
    page,
  };
}

/** The list that it is, or that it holds: some tools write attributes around a list, and not onto it. */
export const findList = (element: HTMLElement): HTMLElement | null =>
  element.matches(LISTS) ? element : element.querySelector<HTMLElement>(LISTS);

/** With what stands on elements inside it: Markdown can often write attributes onto a part of a line alone. */
function readItem(item: HTMLLIElement): MarkupItem {
  const inside = [...item.querySelectorAll<HTMLElement>("*")].reverse();
  return {
    attributes: Object.assign({}, ...inside.map(readAttributes), readAttributes(item)),
    text: toLine(item),
  };
}

const readAttributes = ({ dataset = {} }: HTMLElement): Attributes =>
  Object.fromEntries(
    Object.entries(dataset).flatMap(([name, value = ""]) =>
      name.startsWith(PREFIX) ? [[name.slice(PREFIX.length).toLowerCase(), value]] : [],
    ),
  );

function findHeading(element: HTMLElement): string | undefined {
  const headings = element.closest("section")?.querySelectorAll("h1, h2, h3, h4, h5, h6");
  return [...(headings ?? [])].map(toLine).find(Boolean);
}

const toLine = (element: Element): string => (element.textContent ?? "").replace(/\s+/g, " ").trim();
