import * as z from "zod";
import { ReactionId } from "../../shared/protocol/text.schema.ts";
import type { Contract } from "../../workers/lib/contract.ts";
import type { Components, Json } from "./components.ts";
import type { Operation } from "./operation.ts";

/* What a route takes: parts of its path, query, headers, a body, and what says who asks. */

/** Several promises about one place: the last one is the nearest to the handler. */
const merge = (shapes: readonly (z.ZodObject | undefined)[]): Record<string, z.ZodType> =>
  Object.assign({}, ...shapes.map((shape) => shape?.shape));

export function describeParameters(
  path: string,
  operation: Operation,
  contracts: readonly Contract[],
  components: Components,
): Json[] {
  const params = merge([operation.param, ...contracts.map(({ param }) => param)]);
  const query = merge([...contracts.map((one) => one.query), operation.query]);
  const headers = merge([
    ...(operation.isIdempotent ? [z.object({ "Idempotency-Key": ReactionId.optional() })] : []),
    operation.headers,
  ]);
  const describe = (place: "path" | "query" | "header", name: string, schema: z.ZodType): Json => ({
    name,
    in: place,
    required: place === "path" || !schema.safeParse(undefined).success,
    schema: components.describe(schema, "input"),
    ...(name === "Idempotency-Key" && { description: "Sent again with the same key, it counts once." }),
  });
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return [
    ...names.map((name) => describe("path", name, params[name] ?? z.string().min(1))),
    ...Object.entries(query).map(([name, schema]) => describe("query", name, schema)),
    ...Object.entries(headers).map(([name, schema]) => describe("header", name, schema)),
  ];
}

export function describeBody(
  { upload, isBodyOptional }: Operation,
  contracts: readonly Contract[],
  components: Components,
): Json | undefined {
  if (upload) {
    return { required: true, content: Object.fromEntries(upload.map((type) => [type, { schema: {} }])) };
  }
  const body = contracts.findLast((contract) => contract.body)?.body;
  if (!body) return undefined;
  return {
    description: `Up to ${body.maxSize.toLocaleString("en")} bytes.`,
    required: !isBodyOptional,
    content: { "application/json": { schema: components.describe(body.schema, "input") } },
  };
}

/** Ways to say who asks: any one of them will do, with all that it names. */
export function describeSecurity(operation: Operation, contracts: readonly Contract[]): Json[] {
  const needs = new Set([...contracts.flatMap((one) => one.needs ?? []), ...(operation.needs ?? [])]);
  if (needs.has("account")) return [{ account: [] }];
  const token = needs.has("token") && { token: [] };
  if (needs.has("uid"))
    return [
      { ...token, uid: [] },
      { ...token, uidCookie: [] },
    ];
  if (operation.takesUid) return [{ ...token }, { ...token, uid: [] }, { ...token, uidCookie: [] }];
  return token ? [token] : [];
}
