import { readFile } from "node:fs/promises";
import * as z from "zod";
import { ClientMessage, ServerMessage } from "../shared/protocol/message.schema.ts";
import { Problem } from "../shared/protocol/problem.schema.ts";
import type { ProblemCode } from "../shared/protocol/problem.ts";
import { afterGroups } from "./openapi/after-groups.ts";
import { describeAnswers, describeCodes, startBig } from "./openapi/answers.ts";
import { Components, type Json } from "./openapi/components.ts";
import { hostGroups } from "./openapi/host-groups.ts";
import type { Group, Operation } from "./openapi/operation.ts";
import { describeBody, describeParameters, describeSecurity } from "./openapi/request.ts";
import { type WalkedRoute, walkRoutes } from "./openapi/route-walk.ts";
import { sessionGroups } from "./openapi/session-groups.ts";
import { readWords, type Words } from "./openapi/words.ts";

/*
 * The description of the API, OpenAPI 3.1. Paths, schemas, headers and most codes are what the api's own middlewares say
 * of themselves; words are those of README.md and docs/; what only a handler knows stands in openapi/*-groups.ts.
 */

export const groups: readonly Group[] = [...sessionGroups, ...afterGroups, ...hostGroups];

const ABOUT = `What clients and revint say to each other over HTTP. docs/protocol.md tells the whole of it: the messages on a pipe, what is promised, limits.

**Who asks** is said by two headers: a token in \`X-Session-Token\`, and a uid in \`X-Session-Uid\`. A host token is a secret: send it in a header, never in an address. Accounts of hosts have a cookie, for pages of this deployment.

**Bodies** are JSON in UTF-8, and may be wrapped in an array of one. Fields that are not named are ignored; answers may get more of them.

**Refusals** are \`application/problem+json\` (RFC 9457). Branch on \`code\` and on nothing else. A path that nothing is at is \`not_found\`, another method of one that is there is \`method_not_allowed\`. With 429 and most 503, \`Retry-After\` says in how many seconds trying again makes sense.

Paths are percent-encoded part by part. A \`HEAD\` is answered like the \`GET\`, without a body.`;

const securitySchemes = {
  token: {
    type: "apiKey",
    in: "header",
    name: "X-Session-Token",
    description:
      "The audience token that finding a session gives, the host token, a co-host's, the host's userToken; for an overlay's login its key.",
  },
  uid: {
    type: "apiKey",
    in: "header",
    name: "X-Session-Uid",
    description: "Who somebody is in a session: starting it and joining it give one.",
  },
  uidCookie: { type: "apiKey", in: "cookie", name: "uid", description: "The same; the header wins." },
  account: {
    type: "apiKey",
    in: "cookie",
    name: "revint-host",
    description: "Who is signed in to an account, for pages of this deployment alone.",
  },
} as const;

const headers = {
  "X-Request-Id": { description: "Name it when you report something.", schema: { type: "string" } },
  "Retry-After": {
    description: "In how many seconds trying again makes sense.",
    schema: { type: "string", pattern: "^[0-9]+$" },
  },
} as const;

/** The whole document. @throws where a route is not described, or what is described is no route */
export async function createOpenApi(): Promise<Json> {
  const [routes, words, components, manifest] = await Promise.all([
    walkRoutes(),
    readWords(),
    Components.create(),
    readFile("package.json", "utf8"),
  ]);
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  checkComplete(routes);
  const paths: Record<string, Json> = {};
  for (const { tag, operations } of groups) {
    for (const [name, operation] of Object.entries(operations)) {
      const route = routes.find((each) => each.name === name);
      if (!route) continue;
      const described = describeOperation(route, tag, operation, components, words);
      paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: described };
    }
  }
  components.describe(Problem, "output");
  components.describe(ClientMessage, "input");
  components.describe(ServerMessage, "output");
  return {
    openapi: "3.1.1",
    info: { title: "revint", version, description: ABOUT, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: "/", description: "This deployment." }],
    tags: groups.map(({ tag, about }) => ({ name: tag, description: about })),
    paths,
    components: {
      schemas: { ...components.finish(), ProblemCode: describeCodes(words) },
      headers,
      securitySchemes,
    },
  };
}

function describeOperation(
  { name, method, path, contracts }: WalkedRoute,
  tag: string,
  operation: Operation,
  components: Components,
  words: Words,
): Json {
  const summary = operation.summary ?? words.summaries.get(name);
  if (summary === undefined) throw new RangeError(`${name} has no summary, here or in README.md`);
  const about = [operation.about, words.callers.get(name)].filter((each) => each);
  const isOfApi = path.startsWith("/api/") || path.startsWith("/ws/");
  const problems: ProblemCode[] = [contracts, operation].flat().flatMap((each) => each.problems ?? []);
  const requestBody = describeBody(operation, contracts, components);
  return {
    tags: [tag],
    operationId: createId(method, path),
    summary: startBig(summary),
    ...(about.length > 0 && { description: about.join("\n\n") }),
    parameters: describeParameters(path, operation, contracts, components),
    ...(requestBody && { requestBody }),
    security: describeSecurity(operation, contracts),
    responses: describeAnswers(operation, problems, isOfApi, components),
  };
}

/** What generators of clients make a function's name of: `postSessionLogin`, `getSessionBySessionUid`. */
function createId(method: string, path: string): string {
  const parts = path
    .replace(/^\/(api|ws)\/v1\//, "/")
    .replaceAll(/\/\{\w+\}(?=\/)/g, "")
    .split("/")
    .filter((part) => part !== "")
    .flatMap((part) => part.replace(/^\{(\w+)\}$/, "by-$1").split("-"));
  return method.toLowerCase() + parts.map(startBig).join("");
}

function checkComplete(routes: readonly WalkedRoute[]): void {
  const described = groups.flatMap(({ operations }) => Object.keys(operations));
  const registered = routes.map(({ name }) => name);
  const missing = registered.filter((name) => !described.includes(name));
  const gone = described.filter((name) => !registered.includes(name));
  if (missing.length === 0 && gone.length === 0) return;
  throw new RangeError(
    `scripts/openapi/*-groups.ts describe each route of the api, and no other. Not described: ${missing.join(", ")}; no route: ${gone.join(", ")}`,
  );
}
