import { describe, expect, test } from "vitest";
import { findRoutes, type Route } from "./description.ts";
import { createExample } from "./example.ts";
import { createTrial } from "./trial.ts";

const route: Route = {
  method: "PUT",
  path: "/api/v1/session/{sessionUid}/activities/{activity}",
  tags: ["Activities"],
  operationId: "putSessionActivitiesByActivity",
  summary: "Writes a poll",
  parameters: [
    { name: "sessionUid", in: "path", required: true, schema: {} },
    { name: "activity", in: "path", required: true, schema: {} },
    { name: "keys", in: "query", required: false, schema: {} },
    { name: "Idempotency-Key", in: "header", required: false, schema: {} },
  ],
  security: [{ token: [], uid: [] }],
  responses: {},
};
const nobody = { token: "", uid: "" };

describe("a request that is tried out", () => {
  const parameters = {
    "path sessionUid": "s",
    "path activity": "a/b ?$&",
    "header Idempotency-Key": "tap-1",
  };

  test("has each part where it belongs, percent-encoded in its path", () => {
    const trial = createTrial(
      route,
      { parameters: { ...parameters, "query keys": "every" }, body: "{}" },
      nobody,
    );
    expect(trial).toEqual({
      method: "PUT",
      path: "/api/v1/session/s/activities/a%2Fb%20%3F%24%26?keys=every",
      headers: { "Idempotency-Key": "tap-1", "Content-Type": "application/json" },
      body: "{}",
    });
  });

  test("says who asks in headers, and never in its address", () => {
    const { path, headers } = createTrial(
      route,
      { parameters, body: undefined },
      { token: "secret", uid: "me" },
    );
    expect(headers).toMatchObject({ "X-Session-Token": "secret", "X-Session-Uid": "me" });
    expect(path).not.toContain("secret");
  });

  test("carries no secret to a route that needs none", () => {
    const open = { ...route, security: [] };
    const { headers } = createTrial(
      open,
      { parameters: {}, body: undefined },
      { token: "secret", uid: "me" },
    );
    expect(headers).toEqual({});
  });
});

test("an example has what has to be there, by the schemas that it refers to", () => {
  const schemas = { Page: { type: "string" }, Kind: { enum: ["words", "text"] } };
  const schema = {
    type: "object",
    required: ["page", "kind", "on", "options"],
    properties: {
      page: { $ref: "#/components/schemas/Page" },
      kind: { $ref: "#/components/schemas/Kind" },
      on: { type: "boolean", default: false },
      options: { type: "array", minItems: 2, items: { type: "integer", minimum: 3 } },
      more: { type: "string" },
    },
  };
  expect(createExample(schema, schemas)).toEqual({ page: "text", kind: "words", on: false, options: [3, 3] });
});

test("requests are found by any words of theirs", () => {
  expect(findRoutes([route], "put ACTIV poll")).toHaveLength(1);
  expect(findRoutes([route], "")).toHaveLength(1);
  expect(findRoutes([route], "put overlay")).toHaveLength(0);
});
