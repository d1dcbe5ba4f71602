import type { Issue } from "../../shared/protocol/problem.ts";
import { readProblem } from "../client/api.ts";
import type { RevintError } from "../client/error.ts";
import { isFields, isText, parseFields } from "../client/fields.ts";

/** A refusal as the client reads it; where it says what is wrong with what was sent, with that. */
export function readRefusal(response: Response, text: string): RevintError {
  const issues = parseFields(text)?.issues;
  return Object.assign(readProblem(response, text), isIssues(issues) && { issues });
}

/** What is wrong with what was sent, place by place, where the service has said so. */
export const getIssues = (error: RevintError): readonly Issue[] | undefined =>
  "issues" in error && isIssues(error.issues) ? error.issues : undefined;

const isIssues = (value: unknown): value is readonly Issue[] =>
  Array.isArray(value) &&
  value.every((issue) => isFields(issue) && isText(issue.path) && isText(issue.message));
