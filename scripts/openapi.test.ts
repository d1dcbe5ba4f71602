import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import * as z from "zod";
import { PROBLEMS } from "../shared/protocol/problem.ts";
import { walkRoutes } from "./openapi/route-walk.ts";
import { createOpenApi } from "./openapi.ts";

const Responses = z.record(
  z.string(),
  z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() }),
);
const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  responses: Responses,
  requestBody: z.unknown().optional(),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

const made = await createOpenApi();
const { paths, components } = Document.parse(made);
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    ...operation,
  })),
);

test("the document is OpenAPI 3.1, and refers to nothing that is not there", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(made));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
  const refs = [...JSON.stringify(made).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(refs.length).toBeGreaterThan(500);
  const named = new Set(refs.map(([, name]) => name));
  // Each of them is there, and each that is there is referred to, but for what goes over a pipe.
  expect([...named, "ClientMessage"].sort()).toEqual(Object.keys(components.schemas).sort());
});

test("it describes every route of the api, and no other", async () => {
  const routes = await walkRoutes();
  expect(operations.map(({ name }) => name).sort()).toEqual(routes.map(({ name }) => name));
  expect(operations.length).toBeGreaterThan(100);
});

test("each operation has a name of its own", () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
});

test("every code is answered by some route, but for those of addresses that are none", () => {
  const Refusal = z.object({ properties: z.object({ code: z.object({ enum: z.array(z.string()) }) }) });
  const codes = operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content }) => {
      const schema = content?.["application/problem+json"]?.schema;
      return schema === undefined ? [] : Refusal.parse(schema).properties.code.enum;
    }),
  );
  const nowhere = ["method_not_allowed"];
  expect([...new Set(codes), ...nowhere].sort()).toEqual(Object.keys(PROBLEMS).sort());
});

test("every code says when it comes", () => {
  const Codes = z.object({ oneOf: z.array(z.object({ const: z.string(), description: z.string().min(1) })) });
  const { oneOf } = Codes.parse(components.schemas.ProblemCode);
  expect(oneOf.map((one) => one.const)).toEqual(Object.keys(PROBLEMS));
});

test("a body is described by the schema that its route reads it with", () => {
  const bodyOf = (name: string) => operations.find((each) => each.name === name)?.requestBody;
  expect(bodyOf("POST /api/v1/session/new")).toMatchObject({
    content: { "application/json": { schema: { $ref: "#/components/schemas/NewSession" } } },
  });
  expect(bodyOf("PUT /api/v1/session/{sessionUid}/flows/{flow}")).toMatchObject({
    content: { "application/json": { schema: { $ref: "#/components/schemas/NewFlow" } } },
  });
  expect(components.schemas.Page).toEqual({
    type: "string",
    minLength: 1,
    maxLength: 64,
    not: { const: "__proto__" },
  });
});

test("what is sent may leave out what has a default, and what is answered never does", () => {
  const { Flow, NewFlow } = components.schemas;
  expect(NewFlow).toMatchObject({ required: ["name", "on", "do"] });
  expect(Flow).toMatchObject({ required: expect.arrayContaining(["if", "enabled"]) });
});

test("a URL that is sent says which protocols it may have", () => {
  const { NewSession, SessionAnswer } = components.schemas;
  expect(NewSession).toMatchObject({
    properties: { apiUrl: { format: "uri", pattern: "^https?://" }, wsUrl: { pattern: "^wss?://" } },
  });
  expect(JSON.stringify(SessionAnswer)).not.toContain('"pattern":"^https');
});
