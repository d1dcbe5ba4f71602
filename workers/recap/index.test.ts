import { abortAllDurableObjects, evictAllDurableObjects } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
import { RecapDocument, RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { RECAP_WRITER_HEADER } from "../lib/recap-writer.ts";
import { ask, bindings, createSession, getPage, getStatus, listKept, reach, ring } from "./test-asking.ts";
import { resetScript, script, unavailable } from "./test-writer.ts";

beforeEach(resetScript);

test("without a model the template's recap is there with the answer", async () => {
  script.hasModel = false;
  const session = createSession();
  const answer = await ask("POST", session);
  expect(answer.status).toBe(202);
  expect(RecapStatus.parse(await answer.json())).toMatchObject({ status: "done", by: "template" });
  expect(await (await getPage(session)).text()).toContain("The template says so.");
});

test("with one, the template's is there at once, and the model's takes its place", async () => {
  const session = createSession();
  const { promise, resolve } = Promise.withResolvers<void>();
  script.model = () => promise;
  const status = RecapStatus.parse(await (await ask("POST", session)).json());
  expect(status).toMatchObject({ by: "template" });
  expect(["queued", "writing"]).toContain(status.status);
  expect(await (await getPage(session)).text()).toContain("The template says so.");
  resolve();
  await reach(session, "done");
  expect(await getStatus(session)).toMatchObject({ by: "model" });
  const document = RecapDocument.parse(await (await ask("GET", session, "/document?role=host")).json());
  expect(document.sections[0]?.text.map(({ text }) => text)).toEqual(["The model says so."]);
  await expect
    .poll(async () => (await bindings.RECAPS.list({ prefix: `recap/${session}/` })).objects.length)
    .toBe(2);
});

test("what is told while it is written reaches whoever follows, and the stream ends with the last status", async () => {
  const session = createSession();
  const { promise, resolve } = Promise.withResolvers<void>();
  script.model = () => promise;
  await ask("POST", session);
  const stream = await ask("GET", session, "/events");
  await reach(session, "writing");
  resolve();
  const text = await stream.text();
  expect(text).toContain("The model says so.");
  expect(text).not.toContain("false");
  expect(text.trim().split("\n").at(-1)).toContain('"status":"done"');
});

test("asked for once more under the same order, it is not made anew; under another one, or none, it is", async () => {
  script.hasModel = false;
  const session = createSession();
  const make = async (query: string) =>
    RecapStatus.parse(await (await ask("POST", session, query)).json()).version;
  const first = await make("?order=run.0");
  expect(first).toBeDefined();
  expect(await make("?order=run.0")).toBe(first);
  const second = await make("?order=run.1");
  expect(second).not.toBe(first);
  expect(await make("?order=run.1")).toBe(second);
  expect(await make("")).not.toBe(second);
});

test("an order that came to nothing is carried out when it comes again", async () => {
  script.hasModel = false;
  const session = createSession();
  script.onGather = () => Promise.reject(new ProblemError("unavailable", "the session can't be reached"));
  expect((await ask("POST", session, "?order=run.0")).status).toBe(503);
  resetScript();
  script.hasModel = false;
  expect((await ask("POST", session, "?order=run.0")).status).toBe(202);
});

test("nobody but hosts reads what is not published, or not any more", async () => {
  script.hasModel = false;
  const session = createSession();
  await ask("POST", session);
  const isHidden = async () => {
    expect(await getStatus(session, "user")).toEqual({ status: "none" });
    expect((await getPage(session, "user")).status).toBe(404);
    expect((await ask("GET", session, "/document?role=user")).status).toBe(404);
  };
  await isHidden();
  await ask("PUT", session, "/published", { published: true });
  expect((await getPage(session, "user")).status).toBe(200);
  await ask("PUT", session, "/published", { published: false });
  await isHidden();
});

test("a page names its version and whoever keeps it, who says itself what may be read", async () => {
  script.hasModel = false;
  const session = createSession();
  await ask("POST", session);
  await ask("PUT", session, "/published", { published: true });
  const { headers } = await getPage(session, "user");
  const writer = bindings.RECAP_WRITER.getByName(headers.get(RECAP_WRITER_HEADER) ?? "");
  const readTag = async () => {
    const answer = await writer.getVersion(session, "user");
    return "version" in answer ? `"${answer.version}"` : answer.code;
  };
  expect(await readTag()).toBe(headers.get("ETag"));
  await ask("POST", session);
  expect(await readTag()).toBe((await getPage(session, "user")).headers.get("ETag"));
  expect(await readTag()).not.toBe(headers.get("ETag"));
  await ask("PUT", session, "/published", { published: false });
  expect(await readTag()).toBe("recap_not_found");
  await ask("PUT", session, "/published", { published: true });
  expect((await ask("DELETE", session)).status).toBe(200);
  expect(await readTag()).toBe("recap_not_found");
});

test("what is taken back while it is made anew stays so, also where nothing comes of that", async () => {
  script.hasModel = false;
  const session = createSession();
  await ask("POST", session);
  await ask("PUT", session, "/published", { published: true });
  expect((await getPage(session, "user")).status).toBe(200);
  script.onGather = async () => {
    await ask("PUT", session, "/published", { published: false });
    throw new ProblemError("unavailable", "a store does not answer");
  };
  expect((await ask("POST", session)).status).toBe(503);
  expect(await getStatus(session, "user")).toEqual({ status: "none" });
  expect((await getPage(session, "user")).status).toBe(404);
  expect((await getPage(session)).status).toBe(200);
});

test("a host's edit is a new version, and one of what has changed since is a conflict", async () => {
  script.hasModel = false;
  const session = createSession();
  const { version } = RecapStatus.parse(await (await ask("POST", session)).json());
  const edit = { version, title: "Better", sections: {} };
  expect(await (await ask("PUT", session, "/document", edit)).json()).toMatchObject({ edited: true });
  expect((await ask("PUT", session, "/document", edit)).status).toBe(409);
  expect(await (await ask("GET", session, "/document?role=host")).json()).toMatchObject({ title: "Better" });
});

test("a model that fails for good leaves the template's, and says why", async () => {
  const session = createSession();
  script.model = async () => {
    throw unavailable();
  };
  await ask("POST", session);
  await expect
    .poll(async () => {
      await ring();
      return (await getStatus(session)).status;
    })
    .toBe("failed");
  expect(await getStatus(session)).toMatchObject({ by: "template", failure: "The model is not there." });
  expect(script.asked.get(session)).toBe(3);
  expect((await getPage(session)).status).toBe(200);
});

test("where the account has had the model asked often enough, nobody asks it, and what is there stays", async () => {
  const session = createSession();
  await ask("POST", session);
  await reach(session, "done");
  script.onCount = () => Promise.reject(new ProblemError("rate_limited", "often enough"));
  await ask("POST", session);
  await reach(session, "failed");
  expect(await getStatus(session)).toMatchObject({
    by: "model",
    failure: expect.stringContaining("in a day"),
  });
  expect(script.asked.get(session)).toBe(1);
  script.onCount = undefined;
  await ask("POST", session);
  await reach(session, "done");
});

test("nobody asks the model where that could not be counted: it is tried again", async () => {
  const session = createSession();
  script.onCount = async () => {
    script.onCount = undefined;
    throw new ProblemError("unavailable", "host-store does not answer");
  };
  await ask("POST", session);
  await expect.poll(() => script.onCount).toBeUndefined();
  await reach(session, "queued");
  expect(script.asked.get(session)).toBeUndefined();
  await ring();
  await reach(session, "done");
  expect(script.asked.get(session)).toBe(1);
});

test("of a session that runs nothing is kept", async () => {
  script.isRunning = true;
  const session = createSession();
  expect((await ask("POST", session)).status).toBe(409);
  expect(await getStatus(session)).toEqual({ status: "none" });
  expect(await listKept(session)).toEqual([]);
});

test("what is forgotten is nowhere, and what was being written of it is not finished", async () => {
  const session = createSession();
  const signals: AbortSignal[] = [];
  script.model = (_, signal) => {
    signals.push(signal);
    return new Promise(() => {});
  };
  await ask("POST", session);
  await (await getPage(session)).text();
  await expect.poll(() => signals.length).toBe(1);
  expect((await ask("DELETE", session)).status).toBe(200);
  expect(signals[0]?.aborted).toBe(true);
  expect(await getStatus(session)).toEqual({ status: "none" });
  expect(await listKept(session)).toEqual([]);
  expect((await ask("DELETE", session)).status).toBe(200);
});

test("what is forgotten while it is read is copied nowhere", async () => {
  script.hasModel = false;
  const session = createSession();
  await ask("POST", session);
  const steps: string[] = [];
  let isForgotten = false;
  script.onRead = async (step) => {
    steps.push(step);
    // Only a timer keeps alive what a request has left to do.
    while (step === "before KV.put" && !isForgotten) await scheduler.wait(5);
  };
  await (await getPage(session)).text();
  await expect.poll(() => steps).toContain("before KV.put");
  expect((await ask("DELETE", session)).status).toBe(200);
  isForgotten = true;
  await expect.poll(() => steps.at(-1)).toBe("after KV.delete");
  expect(steps).toContain("after KV.put");
  expect(await listKept(session)).toEqual([]);
});

test("a recap is forgotten with its session", async () => {
  script.hasModel = false;
  script.expiresAt = Date.now() + 1000;
  const session = createSession();
  await ask("POST", session);
  await reach(session, "none");
  await expect.poll(() => listKept(session)).toEqual([]);
});

test("a writer that dies while the model writes begins that step anew, and makes one recap", async () => {
  const session = createSession();
  let isFirst = true;
  script.model = async () => {
    if (!isFirst) return;
    isFirst = false;
    await new Promise(() => {});
  };
  await ask("POST", session);
  await expect.poll(() => script.asked.get(session)).toBe(1);
  await abortAllDurableObjects();
  await expect
    .poll(async () => {
      await ring().catch(() => {});
      return (await getStatus(session)).by;
    })
    .toBe("model");
  await reach(session, "done");
  expect(script.gathered).toBe(1);
});

test("a writer that is evicted between two attempts comes back for the next one", async () => {
  const session = createSession();
  let isFirst = true;
  script.model = async () => {
    if (!isFirst) return;
    isFirst = false;
    throw unavailable();
  };
  await ask("POST", session);
  await expect.poll(() => script.asked.get(session)).toBe(1);
  await reach(session, "queued");
  await evictAllDurableObjects();
  await ring();
  await reach(session, "done");
  expect(await getStatus(session)).toMatchObject({ by: "model" });
  expect(script.gathered).toBe(1);
});

test("a writer that dies when the model has written asks it no second time", async () => {
  const session = createSession();
  let renders = 0;
  script.onRender = () => {
    // The first page is the template's. The second is the model's, whose statements are stored.
    if (++renders === 2) throw new Error("it dies here");
  };
  await ask("POST", session);
  await expect
    .poll(async () => {
      await ring();
      return (await getStatus(session)).status;
    })
    .toBe("done");
  expect(script.asked.get(session)).toBe(1);
  expect(await getStatus(session)).toMatchObject({ by: "model" });
});

test("a full queue says when to come back, and whoever waits moves up", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  script.model = () => promise;
  const sessions = Array.from({ length: 300 }, createSession);
  const answers = await Promise.all(sessions.map((session) => ask("POST", session)));
  const isRefused = ({ status }: Response) => status === 503;
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(200);
  for (const refused of answers.filter(isRefused)) {
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  }
  const kept = sessions.filter((_, index) => answers[index]?.status === 202);
  const last = kept.at(-1) ?? "";
  const { position = 0 } = await getStatus(last);
  expect(position).toBeGreaterThan(50);
  resolve();
  await expect.poll(async () => (await getStatus(last)).position ?? -1).toBeLessThan(position);
  for (const session of kept) await reach(session, "done");
  expect([...script.asked.values()].every((times) => times === 1)).toBe(true);
});
