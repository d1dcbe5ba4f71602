import { beforeEach, expect, test } from "vitest";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { ask, bindings, createSession, listKept, ring } from "./test-asking.ts";
import { resetScript, script } from "./test-writer.ts";

beforeEach(resetScript);

/** Asked again as long as it meets a writer that restarts. */
async function persist(task: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const answer = await task();
    if (answer.status !== 503) return answer;
    await answer.text();
  }
}

const getStatus = async (session: string) =>
  RecapStatus.parse(await (await persist(() => ask("GET", session, "?role=host"))).json());

const getPage = (session: string) => persist(() => ask("GET", session, "/page?role=user"));

/** Of all versions, only the one that is read is kept, once all that is to be done has been done. */
async function expectOneVersion(session: string): Promise<void> {
  const { version } = await getStatus(session);
  const keys = ["html", "json"].map((form) => `recap/${session}/${version}.${form}`);
  const find = async () => {
    await ring().catch(() => {});
    const { objects } = await bindings.RECAPS.list({ prefix: `recap/${session}/` });
    return objects.map(({ key }) => key);
  };
  await expect.poll(find).toEqual(keys);
}

/** A recap's whole life: made, published, changed, forgotten. */
async function live(session: string): Promise<void> {
  const make = async () => {
    await ring().catch(() => {});
    const status = await getStatus(session);
    // As the page does: who was told nothing looks first. Asked once it is done, it would be made anew.
    if (status.status === "none") await ask("POST", session);
    return status;
  };
  await expect.poll(make).toMatchObject({ status: "done", by: "model" });
  await expectOneVersion(session);
  expect((await getPage(session)).status).toBe(404);
  await persist(() => ask("PUT", session, "/published", { published: true }));
  expect(await (await getPage(session)).text()).toContain("The model says so.");

  const edited = await persist(async () => {
    const { version } = await getStatus(session);
    return ask("PUT", session, "/document", { version, title: "Better", sections: {} });
  });
  expect(await edited.json()).toMatchObject({ edited: true, publishedAt: expect.any(Number) });
  await expectOneVersion(session);
  const document = await persist(() => ask("GET", session, "/document?role=user"));
  expect(await document.json()).toMatchObject({ title: "Better" });

  // Whoever deletes it hears that it is gone, or dies with the answer: it goes all the same.
  await ask("DELETE", session);
  expect(await getStatus(session)).toEqual({ status: "none" });
  expect((await getPage(session)).status).toBe(404);
  const find = async () => {
    await ring().catch(() => {});
    return listKept(session);
  };
  await expect.poll(find).toEqual([]);
  expect((await persist(() => ask("DELETE", session))).status).toBe(200);
  expect(await getStatus(session)).toEqual({ status: "none" });
}

/** The steps of such a life at which a writer waits for others. */
async function listSteps(): Promise<string[]> {
  const steps: string[] = [];
  script.onStep = async (step) => void steps.push(step);
  await live(createSession());
  return steps;
}

test("whenever a writer dies, there is one recap, paid once, nothing else is left, and what is forgotten is gone", async () => {
  const steps = await listSteps();
  for (const [place, dying] of steps.entries()) {
    resetScript();
    const session = createSession();
    let passed = 0;
    script.onStep = async (_, writer) => {
      if (passed++ !== place) return;
      // Nobody hears from a writer before what it has written is durable: the runtime holds back the request.
      await writer.storage.sync();
      writer.abort(`it dies ${dying}`);
      await new Promise(() => {});
    };
    await live(session);
    expect(passed, dying).toBeGreaterThan(place);
    expect(script.asked.get(session), dying).toBe(dying === "after the model" ? 2 : 1);
    expect(script.gathered, dying).toBe(1);
  }
});
