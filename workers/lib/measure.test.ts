import { Hono } from "hono";
import { beforeEach, expect, test, vi } from "vitest";
import { measure } from "./measure.ts";
import type { Metered } from "./metrics.ts";
import { onError, onNotFound } from "./on-error.ts";
import { ProblemError } from "./problem-error.ts";
import { createTestDataset } from "./test-dataset.ts";

const logged = vi.spyOn(console, "error").mockReturnValue();
beforeEach(() => logged.mockClear());

const sub = new Hono()
  .get("/:name", (c) => c.text(c.req.param("name")))
  .put(
    "/:name/part",
    async (_, next) => next(),
    () => {
      throw new ProblemError("blocked", "not you");
    },
  );
const app = new Hono<{ Bindings: Metered }>()
  .use(measure("clock"))
  .use("/closed/*", () => {
    throw new ProblemError("not_host", "closed");
  })
  .get("/closed/:door", (c) => c.text("open"))
  .get("/broken/:part", () => {
    throw new Error("broken");
  })
  .route("/things", sub);
app.onError(onError);
app.notFound(onNotFound);

/** What is written for one request, and its answer. */
async function ask(method: string, path: string) {
  const { env, points } = createTestDataset();
  const { status } = await app.request(path, { method }, env);
  const [point, ...more] = points;
  expect(more).toEqual([]);
  const [ms, ...counts] = point?.doubles ?? [];
  expect(ms).toBeGreaterThanOrEqual(0);
  return { status, index: point?.index, blobs: point?.blobs, counts };
}

test("a request is a point: the pattern of its route, its status, and nothing of its path", async () => {
  expect(await ask("GET", "/things/u0000Tda3wUBOd8QG_DYp")).toEqual({
    status: 200,
    index: "clock /things/:name",
    blobs: ["clock", "request", "GET", "/things/:name", ""],
    counts: [200],
  });
});

test.each([
  ["PUT", "/things/secret/part", "PUT", "/things/:name/part", "blocked", 403],
  ["GET", "/closed/secret", "GET", "/closed/:door", "not_host", 403],
  ["GET", "/broken/secret", "GET", "/broken/:part", "internal", 500],
  ["HEAD", "/things/secret", "GET", "/things/:name", "", 200],
  ["PROPFIND", "/closed/secret/secret", "ALL", "/closed/*", "not_host", 403],
  ["POST", "/secret", "ALL", "/*", "not_found", 404],
])("%s %s is said as %s %s %s", async (method, path, said, route, code, status) => {
  expect(await ask(method, path)).toMatchObject({
    status,
    blobs: ["clock", "request", said, route, code],
    counts: [status],
  });
});

test("where there is no dataset, nothing is different", async () => {
  expect(await (await app.request("/things/one", {}, {})).text()).toBe("one");
  expect((await app.request("/secret", {}, {})).status).toBe(404);
});

test("a point that can't be written harms no request, and is logged", async () => {
  const writeDataPoint = () => {
    throw new Error("write limit exceeded");
  };
  const answer = await app.request("/things/secret", {}, { METRICS: { writeDataPoint } });
  expect([answer.status, await answer.text()]).toEqual([200, "secret"]);
  expect(logged.mock.calls).toEqual([
    ['{"message":"a data point was not written","error":"Error: write limit exceeded"}'],
  ]);
});
