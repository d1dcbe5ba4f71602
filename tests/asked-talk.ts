import type { Page } from "playwright-core";
import { expect } from "vitest";
import { Activities } from "../shared/interactions/activity/activity.schema.ts";
import type { NewActivity, StatusChange } from "../shared/interactions/activity/activity.ts";
import { type Scene, TALL_PHONE } from "./browser.ts";
import { read } from "./deployment.ts";
import { startSession } from "./started-session.ts";

const RUNTIMES = [
  { id: "workers", text: "Workers" },
  { id: "node", text: "Node" },
  { id: "deno", text: "Deno, or something else that nobody in this room has ever heard of before" },
];

/** One of each kind, and one where several may be ticked. */
export const QUESTIONS = {
  poll: { kind: "choice", prompt: "Which runtime do you use most?", options: RUNTIMES, show: "live" },
  ticks: { kind: "choice", prompt: "Which ones have you tried?", options: RUNTIMES, multiple: 2 },
  pace: {
    ...{ kind: "scale", prompt: "How is the pace?", min: 1, max: 5 },
    ...{ labels: ["too slow", "too fast"], show: "live" },
  },
  guess: { kind: "number", prompt: "How many Workers are there?", min: 0, max: 100 },
  cloud: { kind: "words", prompt: "One word for today", words: 3, show: "live" },
  open: { kind: "text", prompt: "What should we do next?" },
  ranks: { kind: "order", prompt: "What matters most?", options: RUNTIMES },
} as const satisfies Record<string, NewActivity>;

export type QuestionId = keyof typeof QUESTIONS;

export const questionIds = Object.keys(QUESTIONS) as QuestionId[];

/** A talk on its first slide, what its host asks, and phones in it. */
export async function startTalk(
  { revint, visit }: Pick<Scene, "revint" | "visit">,
  title = "A live question",
  facts: Record<string, unknown> = {},
) {
  const session = await startSession(revint, facts);
  await session.setState("0.0", JSON.stringify({ title }));
  const { path, asHost, sessionUid } = session;
  const send = async (method: string, what: string, json: object) => {
    const answer = await revint.request(method, `${path}/activities/${what}`, { ...asHost, json });
    expect(answer.status, await answer.text()).toBe(200);
  };
  /** As its host sees it. */
  const find = async (id: string) => {
    const listed = await revint.request("GET", `${path}/activities`, asHost);
    const { activities } = await read(Activities, listed);
    return activities.find((activity) => activity.id === id);
  };
  const put = (id: string, activity: NewActivity) => send("PUT", id, activity);
  const set = (id: string, change: StatusChange) => send("POST", `${id}/status`, change);
  return {
    ...session,
    put,
    set,
    /** Writes it, and opens it. */
    open: async (id: string, activity: NewActivity, change: Partial<StatusChange> = {}) => {
      await put(id, activity);
      await set(id, { ...change, status: "open" });
    },
    close: (id: string, change: Partial<StatusChange> = {}) => set(id, { ...change, status: "closed" }),
    find,
    tally: async (id: string) => (await find(id))?.tally,
    openPhone: async (options: object = TALL_PHONE): Promise<Page> => {
      const phone = await visit.open(`/join?session=${sessionUid}`, options);
      await phone.locator(".reactions").waitFor();
      return phone;
    },
  };
}

/** The card of a question. */
export const findQuestion = (phone: Page, prompt: string) => phone.getByRole("region", { name: prompt });

/** What a screen reader is told next. */
export const findAnnouncement = (phone: Page) => phone.locator("#app > [role=status]");

/** Once it says this of the own answer. */
export const hasNote = (phone: Page, text: string | RegExp = /^Sent\./): Promise<void> =>
  phone.locator(".own-note").filter({ hasText: text }).waitFor();

/** Where everything stands that a thumb may be on its way to. */
export const listButtons = (phone: Page): Promise<number[][]> =>
  phone.evaluate(() =>
    [...document.querySelectorAll(".reaction, .status")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height].map(Math.round);
    }),
  );
