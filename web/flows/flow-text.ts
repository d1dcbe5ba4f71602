import type { Flow, NewFlow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Issue } from "../../shared/protocol/problem.ts";
import { type Fields, isFields, isText } from "../client/fields.ts";
import { automations } from "../words/en.ts";
import { createFlowId } from "./flow-id.ts";
import type { WrittenFlow } from "./flow-service.ts";

const words = automations.json;

/** What was read from a text; or what is wrong with it, in words. */
export type ReadFlows = { readonly flows: readonly WrittenFlow[] } | { readonly problem: string };

/** What a host has written of a flow, without what the service says about it. */
export const toNewFlow = ({ id: _, failures, offBecause, lastRun, ...flow }: Flow): NewFlow => flow;

/** Flows as a file holds them. */
export const printFlows = (flows: readonly Flow[]): string =>
  `${JSON.stringify({ flows: flows.map((flow) => ({ id: flow.id, ...toNewFlow(flow) })) }, null, 2)}\n`;

/** One as it is changed: it keeps its id. */
export const printFlow = (flow: Flow): string => JSON.stringify(toNewFlow(flow), null, 2);

/** Whether they are flows that can be run, the service says: here it is told one from another. */
export function readFlowText(text: string): ReadFlows {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: words.notJson(error instanceof Error ? error.message : "") };
  }
  const all: unknown = isFields(value) && Array.isArray(value.flows) ? value.flows : value;
  const list: unknown[] = Array.isArray(all) ? all : [all];
  if (list.length === 0) return { problem: words.empty };
  if (list.length > LIMITS.flows) return { problem: words.tooMany };
  const flows: WrittenFlow[] = [];
  for (const [index, each] of list.entries()) {
    if (!isFields(each) || !("on" in each || "do" in each)) return { problem: words.noFlow(index + 1) };
    const { id = createFlowId(), ...flow } = each;
    if (!isText(id)) return { problem: words.noId(index + 1) };
    if (flows.some((other) => other.id === id)) return { problem: words.sameId(id) };
    flows.push({ id, flow: strip(flow) });
  }
  return { flows };
}

/** What the service answers with may be pasted as it is. */
const strip = ({ failures, offBecause, lastRun, ...flow }: Fields): Fields => flow;

/** What is wrong, and in which of several flows. */
export interface PlacedIssue extends Issue {
  readonly which: string | undefined;
}

/** Of several flows that were sent together, the service says which by its place: `flows.3.on.at`. */
export function placeIssue(issue: Issue, flows: readonly WrittenFlow[]): PlacedIssue {
  const [, place, path] = /^flows\.(\d+)\.?(.*)$/.exec(issue.path) ?? [];
  const written = flows[Number(place)];
  if (!written || path === undefined) return { ...issue, which: undefined };
  const { name } = written.flow;
  return { which: isText(name) && name !== "" ? name : written.id, path, message: issue.message };
}
