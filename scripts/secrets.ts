import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { z } from "zod";
import { errorCode, Failure } from "./failure.ts";

/** What the api Worker can't run without; never in a wrangler file, never in git. */
export const SECRETS = ["PUBLIC_KEY", "SESSION_SECRET"] as const;

/** Where `npm start` and `npm run deploy` keep theirs. Both are git-ignored. */
export const DEV_SECRETS = ".dev.vars";
export const DEPLOY_SECRETS = ".deploy.vars";

const Variables = z.record(z.string(), z.string());

/**
 * Reads a file of variables the way wrangler does: JSON, or lines of `NAME=value`, quoted where a value has several lines.
 * `undefined` when there is no such file.
 */
export async function readVariables(path: string): Promise<Record<string, string> | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const result = Variables.safeParse(text.trimStart().startsWith("{") ? parseJson(text) : parseEnv(text));
  if (!result.success) throw new Failure(`${path} is no file of variables: ${z.prettifyError(result.error)}`);
  return result.data;
}

/**
 * Reads the secrets to deploy.
 * @throws Failure when the file holds anything but our two secrets: wrangler would upload that as well
 */
export async function readSecrets(path: string): Promise<Record<string, string> | undefined> {
  const variables = await readVariables(path);
  const others = Object.keys(variables ?? {}).filter((name) => !SECRETS.some((secret) => secret === name));
  if (others.length === 0) return variables;
  throw new Failure(`${path} holds ${others.join(", ")}. Only ${SECRETS.join(" and ")} belong there.`);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw new Failure(`${path} can't be read: ${error instanceof Error ? error.message : error}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text of a secrets file, with a comment on top that says what it is for. */
export function formatSecrets(comment: string, secrets: Record<(typeof SECRETS)[number], string>): string {
  const note = comment.replace(/^/gm, "# ");
  return `${note}\nPUBLIC_KEY="${secrets.PUBLIC_KEY.trim()}"\nSESSION_SECRET="${secrets.SESSION_SECRET}"\n`;
}
