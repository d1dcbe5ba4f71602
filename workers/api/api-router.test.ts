import { Hono } from "hono";
import { expect, test } from "vitest";
import { ApiRouter } from "./api-router.ts";

/** Says where a request has led, and through what. */
function create() {
  const app = new Hono<{ Variables: { through: string[] } }>({ router: new ApiRouter() });
  for (const path of ["*", "/api/*"]) {
    app.use(path, async (c, next) => {
      c.set("through", [...(c.get("through") ?? []), path]);
      await next();
    });
  }
  for (const path of [
    "/api/v1/session/new",
    "/api/v1/session/:sessionUid",
    "/api/v1/session/:sessionUid/login",
    "/ws/v1/session/:sessionUid",
    "/j/:code{.*}",
    "/:code{[1-9].*}",
    "/healthz",
  ]) {
    app.post(path, (c) => c.json([path, c.req.param(), c.get("through")]));
  }
  app.get("/api/v1/session/:sessionUid", (c) => c.json(c.req.param("sessionUid")));
  return app;
}

test.each([
  ["/api/v1/session/new", "/api/v1/session/new", {}],
  ["/api/v1/session/abc", "/api/v1/session/:sessionUid", { sessionUid: "abc" }],
  ["/api/v1/session/new/login", "/api/v1/session/:sessionUid/login", { sessionUid: "new" }],
  ["/ws/v1/session/abc", "/ws/v1/session/:sessionUid", { sessionUid: "abc" }],
  ["/j/12/3", "/j/:code{.*}", { code: "12/3" }],
  ["/482913", "/:code{[1-9].*}", { code: "482913" }],
  ["/healthz", "/healthz", {}],
])("%s leads to %s, through all that stands before it", async (path, route, params) => {
  const answer = await create().request(path, { method: "POST" });
  const through = path.startsWith("/api/") ? ["*", "/api/*"] : ["*"];
  expect(await answer.json()).toEqual([route, params, through]);
});

test.each([
  ["/api/v1/nothing", ["*", "/api/*"]],
  ["/nothing", ["*"]],
])("%s leads nowhere, through the same", async (path, through) => {
  const app = create();
  app.notFound((c) => c.json(c.get("through"), 404));
  const answer = await app.request(path);
  expect([answer.status, await answer.json()]).toEqual([404, through]);
});

test("a word is one where its method has it, and else a parameter", async () => {
  expect(await (await create().request("/api/v1/session/new")).json()).toBe("new");
});

test("a path that the fast router does not take is an error before anybody asks", () => {
  expect(() => create().post("/api/v1/session/old", (c) => c.body(null))).toThrow("/api/v1/session/old");
});
