import type { FlowAction, NewFlow } from "../../shared/protocol/flow.ts";
import type { Issue } from "../../shared/protocol/problem.ts";
import { refuseIssues } from "../lib/flow-issues.ts";
import { ProblemError } from "../lib/problem-error.ts";
import type { Bindings } from "./bindings.ts";
import { nextInstant } from "./schedule.ts";
import { refuseAddress } from "./webhook/address.ts";

/**
 * Nothing is kept that can't be done here: that is said when a flow is saved, and not when it fails.
 * @throws ProblemError `capability_missing`; `flow_not_valid`, with every issue
 */
export const checkFlow = (flow: NewFlow, env: Bindings): void => refuseIssues(listIssues(flow, env));

/** The same of several, each issue with its flow's place before it. */
export const checkFlows = (flows: readonly NewFlow[], env: Bindings): void =>
  refuseIssues(
    flows.flatMap((flow, place) =>
      listIssues(flow, env).map(({ path, message }) => ({ path: `flows.${place}.${path}`, message })),
    ),
  );

function listIssues({ on, do: actions, enabled }: NewFlow, env: Bindings): readonly Issue[] {
  const isQueued = on.event === "queue" || actions.some((action) => action.do === "queue");
  if (isQueued && env.FLOW_QUEUE === undefined) {
    const detail = "this deployment has no queue: docs/automations.md says how it gets one";
    throw new ProblemError("capability_missing", detail);
  }
  const issues = actions.flatMap((action, place) => {
    const reason = refuseAction(action, env);
    return reason === undefined ? [] : [{ path: `do.${place}.url`, message: reason }];
  });
  if (enabled && on.event === "schedule" && "at" in on) {
    const isOver = nextInstant(on, { openedAt: 0, now: Date.now() }) === undefined;
    if (isOver) issues.push({ path: "on.at", message: "that moment has passed" });
  }
  return issues;
}

function refuseAction(action: FlowAction, env: Bindings): string | undefined {
  if (action.do !== "webhook") return undefined;
  return refuseAddress(action.url, env.WEBHOOK_PRIVATE === "true");
}
