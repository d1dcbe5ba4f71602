import { NewFlow } from "../../shared/protocol/flow.schema.ts";
import type { SavedFlow } from "../../shared/protocol/flow.ts";
import type { KeptFlow } from "../lib/flow-copy.ts";
import { ProblemError } from "../lib/problem-error.ts";

/* Flows as hosts send and are told them, of a session or of a talk. */

/** @throws `flow_not_valid` with every issue */
export function parseFlow(body: unknown): NewFlow {
  const { data, error } = NewFlow.safeParse(body);
  if (data) return data;
  const { detail, issues = [] } = ProblemError.invalid(error);
  throw new ProblemError("flow_not_valid", detail, { issues });
}

/** With the whole address of its hook, where one was made. @param url of a request to this deployment */
export function withHook({ hookSecret, ...saved }: KeptFlow, sessionUid: string, url: string): SavedFlow {
  if (hookSecret === undefined) return saved;
  const path = `/api/v1/hook/${sessionUid}/${saved.flow.id}/${hookSecret}`;
  return { ...saved, hookUrl: new URL(path, url).href };
}
