import { isKind } from "../../../../shared/interactions/activity/kinds/index.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { findProblem, type WrittenItem } from "./check-activity.ts";
import { escapeHtml } from "./escape.ts";
import type { Rendered } from "./rendered.ts";

/*
 * An activity in Markdown is a fenced block. It becomes the markup that the plugin reads in any deck (docs/activities.md):
 *
 *   ```revint-choice runtime
 *   Which runtime do you use?
 *   multiple: 2
 *   - Workers
 *   - [x] Node
 *   - Deno {#deno}
 *   ```
 */

/** What stands behind the fence's marks, of a block that asks the room. */
const INFO = /^revint-([\w-]+)(?:\s(.*))?$/s;
const ID = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** Kinds of what may be chosen from. */
const LISTS = ["choice", "order"];
const KINDS = "choice, order, scale, number, words, text";

/** Attributes that a line `name: value` may set, without `data-revint-`. */
const ATTRIBUTES = new Set(
  "multiple show seconds open stay change correct from to steps min max step prompt".split(" "),
);

export interface ActivityBlock {
  readonly info: string;
  readonly lines: readonly string[];
  /** Of its fence, in the file. */
  readonly line: number;
}

/** Something that its author has to correct, and where. */
export class MarkdownProblem extends Error {
  override readonly name = "MarkdownProblem";

  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`);
  }
}

export const isActivityInfo = (info: string): boolean => INFO.test(info);

/** Notes which names there were: answers are kept by them. */
export type KnownIds = Set<string>;

/**
 * The markup of one block.
 * @throws MarkdownProblem
 */
export function renderActivity(block: ActivityBlock, known: KnownIds): Rendered {
  const [, kind = "", rest = ""] = INFO.exec(block.info) ?? [];
  const id = rest.trim();
  if (!isKind(kind)) {
    throw new MarkdownProblem(block.line, `revint-${kind} is no activity; there are ${KINDS}`);
  }
  const isList = LISTS.includes(kind);
  if (!ID.test(id)) {
    throw new MarkdownProblem(
      block.line,
      `revint-${kind} takes a name behind it, of up to 32 letters a–z, digits and "-", such as: revint-${kind} runtime`,
    );
  }
  if (known.has(id))
    throw new MarkdownProblem(
      block.line,
      `there is another activity called ${id}: each takes a name of its own`,
    );
  known.add(id);

  const { prompt, attributes, items } = readLines(block, isList);
  const problem = findProblem({ kind, prompt, attributes: new Map(attributes), items });
  if (problem !== undefined) throw new MarkdownProblem(block.line, `${id}: ${problem}`);
  const all = [[kind, id], ...(prompt === "" ? [] : [["prompt", prompt]]), ...attributes];
  const write = (isOwn: boolean) => {
    const told = all.filter(([name]) => isOwn || name !== "correct");
    const written = told.map(([name, value = ""]) => ` data-revint-${name}="${escapeHtml(value)}"`).join("");
    if (!isList) return `<div${written}></div>`;
    return `<ul${written}>${items.map((item) => renderItem(item, isOwn)).join("")}</ul>`;
  };
  return { own: write(true), open: write(false) };
}

function readLines({ lines, line: first }: ActivityBlock, isList: boolean) {
  const prompt: string[] = [];
  const attributes: (readonly [name: string, value: string])[] = [];
  const items: WrittenItem[] = [];
  for (const [index, text] of lines.entries()) {
    const line = first + 1 + index;
    // Each of these has one way to read a line, however long: an author waits for none of them.
    const item = /^(?:[-*+]|\d+[.)])\s(.*)$/s.exec(text.trimStart())?.[1];
    const [, name = "", value = ""] = /^([a-z]+)\s*:(.*)$/s.exec(text.trimStart()) ?? [];
    if (item !== undefined) {
      if (!isList) throw new MarkdownProblem(line, "only a choice and an order have a list");
      items.push(readItem(item));
    } else if (ATTRIBUTES.has(name)) attributes.push([name, value.trim()]);
    else if (items.length > 0 && text.trim() !== "") {
      throw new MarkdownProblem(line, 'behind the list, only lines such as "seconds: 30" may stand');
    } else prompt.push(text.trim());
  }
  if (isList && (items.length < 2 || items.length > LIMITS.options)) {
    throw new MarkdownProblem(
      first,
      `a list of 2 to ${LIMITS.options} lines that begin with "- " is needed here`,
    );
  }
  return { prompt: prompt.join(" ").trim(), attributes, items };
}

function readItem(text: string): WrittenItem {
  const [, mark, rest = ""] = /^(?:\[([ xX])\]\s)?(.*)$/s.exec(text.trim()) ?? [];
  const [braces = "", inside = ""] = /\{([^{}]*)\}$/.exec(rest) ?? [];
  const named = rest.slice(0, rest.length - braces.length);
  return {
    text: named.trim(),
    id: /(?:^|\s)#([\w-]+)/.exec(inside)?.[1],
    goto: /(?:^|\s)goto=(\S+)/.exec(inside)?.[1],
    isRight: mark?.toLowerCase() === "x",
  };
}

function renderItem({ text, id, goto, isRight }: WrittenItem, isOwn: boolean): string {
  const attributes = [
    ...(id === undefined ? [] : [` data-revint-id="${escapeHtml(id)}"`]),
    ...(goto === undefined ? [] : [` data-revint-goto="${escapeHtml(goto)}"`]),
    ...(isRight && isOwn ? [" data-revint-correct"] : []),
  ];
  return `<li${attributes.join("")}>${escapeHtml(text)}</li>`;
}
