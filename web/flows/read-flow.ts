import type {
  Flow,
  FlowAction,
  FlowRun,
  FlowRuns,
  FlowStep,
  FlowStepStatus,
  FlowTrigger,
  SavedFlow,
} from "../../shared/protocol/flow.ts";
import { type Fields, isBoolean, isFields, isNumber, isText } from "../client/fields.ts";

/* What the service answers about flows. `undefined`: it is not what it should be. */

const EVENTS: Readonly<Record<FlowTrigger["event"], true>> = {
  reactions: true,
  page: true,
  activity: true,
  answers: true,
  question: true,
  people: true,
  ended: true,
  recap: true,
  schedule: true,
  http: true,
  queue: true,
};

const ACTIONS: Readonly<Record<FlowAction["do"], true>> = {
  activity: true,
  state: true,
  rules: true,
  message: true,
  end: true,
  webhook: true,
  recap: true,
  queue: true,
  store: true,
};

const STATUSES: Readonly<Record<FlowStepStatus, true>> = {
  waiting: true,
  running: true,
  done: true,
  failed: true,
  dead: true,
  cancelled: true,
};

const isOneOf = <T extends string>(names: Readonly<Record<T, true>>, value: unknown): value is T =>
  isText(value) && Object.hasOwn(names, value);

const isOptional = (is: (value: unknown) => boolean, value: unknown): boolean =>
  value === undefined || is(value);

const isListOf = (is: (entry: Fields) => boolean, value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => isFields(entry) && is(entry));

/** Of what is in a trigger, a condition or an action, the service has checked more than is looked at here. */
export const isFlow = (value: unknown): value is Flow => isFields(value) && isFlowOf(value);

const isFlowOf = ({ id, name, on, enabled, failures, offBecause, lastRun, ...rest }: Fields): boolean =>
  isText(id) &&
  isText(name) &&
  isFields(on) &&
  isOneOf(EVENTS, on.event) &&
  isListOf((condition) => "people" in condition || "page" in condition || "activity" in condition, rest.if) &&
  isListOf((action) => isOneOf(ACTIONS, action.do), rest.do) &&
  isBoolean(enabled) &&
  isNumber(failures) &&
  isOptional(isText, offBecause) &&
  isOptional(isNumber, lastRun);

export const readFlows = ({ flows }: Fields): readonly Flow[] | undefined =>
  Array.isArray(flows) && flows.every(isFlow) ? flows : undefined;

export function readSavedFlow({ flow, signingSecret, hookUrl }: Fields): SavedFlow | undefined {
  if (!isFlow(flow) || !isOptional(isText, signingSecret) || !isOptional(isText, hookUrl)) return undefined;
  return {
    flow,
    ...(isText(signingSecret) && { signingSecret }),
    ...(isText(hookUrl) && { hookUrl }),
  };
}

export function readSavedFlows({ flows }: Fields): readonly SavedFlow[] | undefined {
  if (!Array.isArray(flows)) return undefined;
  const saved = flows.map((each) => (isFields(each) ? readSavedFlow(each) : undefined));
  return saved.every((each) => each !== undefined) ? saved : undefined;
}

export const isStep = (value: unknown): value is FlowStep => isFields(value) && isStepOf(value);

const isStepOf = ({ do: action, status, attempts, nextAt, problem }: Fields): boolean =>
  isOneOf(ACTIONS, action) &&
  isOneOf(STATUSES, status) &&
  isNumber(attempts) &&
  isOptional(isNumber, nextAt) &&
  isOptional(isText, problem);

export const isRun = (value: unknown): value is FlowRun =>
  isFields(value) &&
  isText(value.id) &&
  isNumber(value.at) &&
  isText(value.event) &&
  isListOf(isStepOf, value.steps);

export function readRuns({ runs, cursor }: Fields): FlowRuns | undefined {
  if (!Array.isArray(runs) || !runs.every(isRun)) return undefined;
  return { runs, ...(isText(cursor) && { cursor }) };
}
