import type { Page } from "playwright-core";
import { expect } from "vitest";
import { LiveQuestion } from "../shared/interactions/question/question.schema.ts";
import { RecapDocument, RecapStatus } from "../shared/protocol/recap.schema.ts";
import type { Scene } from "./browser.ts";
import { read } from "./deployment.ts";
import { startSession } from "./started-session.ts";

export const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;

export const TITLES = ["The room answers back", "Ledgers & <b>trees</b>", "What it costs"];

/** A talk with slides, reactions, a poll, and questions of which some are nobody's to read. */
export async function startToldTalk(
  { revint, visit }: Pick<Scene, "revint" | "visit">,
  titles: readonly string[] = TITLES,
) {
  const facts = { expectedAudience: 12, reactions: ["👍", "👏"] };
  const session = await startSession(revint, facts, {
    name: `On rooms and reactions ${Math.random().toString(36).slice(2, 8)}`,
  });
  const { path, asHost, token, sessionUid } = session;
  const send = async (method: string, what: string, json: object, as = asHost) => {
    const answer = await revint.request(method, `${path}/${what}`, { ...as, json });
    expect(answer.status, `${what} ${await answer.clone().text()}`).toBeLessThan(300);
    return answer;
  };
  await session.setRules({ paused: false, reactions: null, pages: {}, questions: "moderated", names: true });
  const people = await Promise.all(Array.from({ length: 6 }, session.join));
  for (const [index, person] of people.entries()) {
    await send("PUT", `user/${person.uid}/name`, { name: `Secretname ${index}` }, person);
  }
  for (const [index, title] of titles.entries()) {
    await session.setState(`${index}.0`, JSON.stringify({ title }));
    await Promise.all(people.slice(index % 3).map((person) => session.react(person, `${index}.0`, "👍")));
  }
  const options = [
    { id: "a", text: "Workers" },
    { id: "b", text: "Node" },
  ];
  await send("PUT", "activities/poll", { kind: "choice", prompt: "Which runtime?", options, show: "live" });
  await send("PUT", "activities/cloud", { kind: "words", prompt: "One word", words: 3, show: "live" });
  await send("PUT", "activities/draft", { kind: "words", prompt: "Never asked" });
  for (const id of ["poll", "cloud"]) await send("POST", `activities/${id}/status`, { status: "open" });
  for (const [index, person] of people.entries()) {
    const answers = `user/${person.uid}/answers`;
    await send("PUT", `${answers}/poll`, { round: 1, value: [index < 4 ? "a" : "b"] }, person);
    await send(
      "PUT",
      `${answers}/cloud`,
      { round: 1, value: [index < 4 ? "fast" : `rareword${index}`] },
      person,
    );
  }
  const ask = async (index: number, text: string, json: object) => {
    const person = people[index];
    if (!person) throw new RangeError(text);
    const { id } = await read(
      LiveQuestion,
      await send("POST", `user/${person.uid}/questions`, { text }, person),
    );
    if (Object.keys(json).length > 0) await send("POST", `questions/${id}`, json);
  };
  await ask(0, "How many rooms are there?", { status: "published" });
  await ask(1, "A hidden insult", { status: "hidden" });
  await ask(2, "A waiting question", {});
  const reactions = titles.reduce((sum, _, index) => sum + people.length - (index % 3), 0);
  await expect.poll(async () => (await session.totals()).total).toBe(reactions);
  return {
    ...session,
    people,
    end: () => send("POST", "end", {}),
    make: async () => read(RecapStatus, await revint.request("POST", `${path}/recap`, { token })),
    status: async (as: { token: string } = asHost) =>
      read(RecapStatus, await revint.request("GET", `${path}/recap`, { token: as.token })),
    document: async () =>
      read(RecapDocument, await revint.request("GET", `${path}/recap/document`, { token })),
    publish: async (published: boolean) =>
      read(
        RecapStatus,
        await revint.request("POST", `${path}/recap/publish`, { token, json: { published } }),
      ),
    url: `/recap?session=${sessionUid}`,
    open: (page: "stage" | "results" | "recap", options: object = LAPTOP) =>
      visit.open(`/${page}?session=${sessionUid}#token=${token}`, options),
  };
}

/** Once the recap itself is there. */
export async function recapOf(page: Page) {
  const main = page.locator("main#recap");
  await main.waitFor();
  return main;
}
