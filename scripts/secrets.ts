import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { z } from "zod";
import { errorCode, Failure } from "./failure.ts";
import { readWorkers, type Worker } from "./workers.ts";

/** Where `npm start` and `npm run deploy` keep theirs, those of all Workers in one file. Both are git-ignored. */
export const DEV_SECRETS = ".dev.vars";
export const DEPLOY_SECRETS = ".deploy.vars";

const Variables = z.record(z.string(), z.string());

/** What a Worker is given where there is one, and runs without: wrangler files name only those that are required. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = { recap: ["LLM_KEY"] };

/** The secrets that a Worker is given where there are any. */
export const listOptionalSecrets = ({ folder }: Worker): readonly string[] => OPTIONAL[folder] ?? [];

const listOwn = (worker: Worker): readonly string[] => [...worker.secrets, ...listOptionalSecrets(worker)];

/**
 * What Workers are given: what they can't run without, as `secrets.required` of the wrangler files says; never in such a file, never in
 * git. Which of them a Worker is given, only those files say.
 */
export const listSecrets = (): readonly string[] => [...new Set(readWorkers().flatMap(listOwn))];

/** Of these variables, what this Worker is given. */
export function pickSecrets(
  variables: Readonly<Record<string, string>>,
  worker: Worker,
): Record<string, string> {
  return Object.fromEntries(
    listOwn(worker).flatMap((name) => {
      const value = variables[name];
      return value ? [[name, value]] : [];
    }),
  );
}

/**
 * Reads a file of variables the way wrangler does: JSON, or lines of `NAME=value`, quoted where a value has several lines.
 * `undefined` when there is no such file.
 */
export async function readVariables(path: string): Promise<Record<string, string> | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const result = Variables.safeParse(isJson(text) ? parseJson(text) : parseEnv(text));
  if (!result.success) throw new Failure(`${path} is no file of variables: ${z.prettifyError(result.error)}`);
  return result.data;
}

/**
 * Reads the secrets to deploy.
 * @throws Failure when the file holds anything that no Worker asks for, such as a misspelt name
 */
export async function readSecrets(path: string): Promise<Record<string, string> | undefined> {
  const variables = await readVariables(path);
  const known = listSecrets();
  const others = Object.keys(variables ?? {}).filter((name) => !known.includes(name));
  if (others.length === 0) return variables;
  throw new Failure(`${path} holds ${others.join(", ")}. Only ${known.join(", ")} belong there.`);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new Failure(`${path} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}

const isJson = (text: string): boolean => text.trimStart().startsWith("{");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text of a secrets file, with a comment on top that says what it is for. */
export const formatSecrets = (comment: string, secrets: Readonly<Record<string, string>>): string =>
  `${comment.replace(/^/gm, "# ")}\n${formatLines(secrets)}`;

/** The same text with more variables behind those it has. */
export function addVariables(text: string, comment: string, added: Readonly<Record<string, string>>): string {
  if (isJson(text)) return `${JSON.stringify({ ...Variables.parse(JSON.parse(text)), ...added }, null, 2)}\n`;
  return `${text.trimEnd()}\n\n${formatSecrets(comment, added)}`;
}

const formatLines = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}="${value.trim()}"\n`)
    .join("");
