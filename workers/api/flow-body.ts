import * as z from "zod";
import { FlowId, NewFlow } from "../../shared/protocol/flow.schema.ts";
import type { SavedFlow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { ProblemCode } from "../../shared/protocol/problem.ts";
import { withContract } from "../lib/contract.ts";
import type { KeptFlow, WrittenFlows } from "../lib/flow-copy.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { readBody } from "./body.ts";

/* Flows as hosts send and are told them, of a session or of a talk. */

/** @throws `flow_not_valid` with every issue */
export const parseFlow = (body: unknown): NewFlow => parse(NewFlow, body);

/** What is asked of several. */
const NewFlows = z.strictObject({
  flows: z
    .array(NewFlow.extend({ id: FlowId }))
    .min(1)
    .max(LIMITS.flows)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "each id once"),
});

/** Several, each with its id: what is wrong stands below `flows.` and the place of its flow. @throws `flow_not_valid` */
export const parseFlows = (body: unknown): WrittenFlows => ({
  flows: parse(NewFlows, body).flows.map(({ id, ...flow }) => ({ id, flow })),
});

const BODY_PROBLEMS: ProblemCode[] = ["invalid_request", "too_large", "flow_not_valid"];

/** A flow's body: what is wrong with it is told in the words of flows, by `parseFlow`. */
export const readFlow = () =>
  withContract(
    { body: { schema: NewFlow, maxSize: LIMITS.bodyBytes }, problems: BODY_PROBLEMS },
    readBody(z.record(z.string(), z.unknown())),
  );

const FLOWS_BYTES = LIMITS.flows * LIMITS.bodyBytes;

/** The same of several, by `parseFlows`. */
export const readFlows = () =>
  withContract(
    { body: { schema: NewFlows, maxSize: FLOWS_BYTES }, problems: BODY_PROBLEMS },
    readBody(z.record(z.string(), z.unknown()), FLOWS_BYTES),
  );

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const { detail, issues = [] } = ProblemError.invalid(error);
  throw new ProblemError("flow_not_valid", detail, { issues });
}

/** With the whole address of its hook, where one was made. @param url of a request to this deployment */
export function withHook({ hookSecret, ...saved }: KeptFlow, sessionUid: string, url: string): SavedFlow {
  if (hookSecret === undefined) return saved;
  const path = `/api/v1/hook/${sessionUid}/${saved.flow.id}/${hookSecret}`;
  return { ...saved, hookUrl: new URL(path, url).href };
}
