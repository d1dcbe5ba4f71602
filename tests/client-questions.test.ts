import { beforeAll, describe, expect, test } from "vitest";
import type { QuestionRule } from "../shared/protocol/rules.ts";
import {
  type ClientOptions,
  type ClientStorage,
  hostSession,
  joinSession,
  type LiveQuestion,
  type OwnQuestion,
  type Session,
  type UserSession,
} from "../web/client/index.ts";
import { type Deployment, shareDeployment } from "./deployment.ts";
import { FlakyNetwork, ways } from "./flaky-network.ts";
import { keep } from "./keep.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await shareDeployment();
});

async function startTalk(questions: QuestionRule = "open") {
  const host = keep(
    hostSession(await revint.sign(), { apiUrl: revint.url, webUiUrl: `${revint.url}/join`, storage: null }),
  );
  await host.ready;
  await host.setRules({ questions });
  const network = keep(await FlakyNetwork.before(revint.url));
  const join = async (options: Partial<ClientOptions> = {}) => {
    const sessionUid = host.info?.sessionUid ?? "";
    const session = keep(joinSession(sessionUid, { apiUrl: network.url, storage: null, ...options }));
    await session.ready;
    return session;
  };
  return { host, network, join };
}

/** Resolves as soon as an event makes it true. */
function until(session: Session, check: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!check()) return;
      for (const stop of stops) stop();
      resolve();
    };
    const names = [
      "questions",
      "voted",
      "voteRefused",
      "asked",
      "askRefused",
      "connection",
      "rules",
    ] as const;
    const stops = names.map((name) => session.on(name, look));
    look();
  });
}

/** Asks, and resolves with what the service has made of it. */
function ask(session: UserSession, text: string, name = false): Promise<LiveQuestion> {
  return new Promise((resolve, reject) => {
    let own: OwnQuestion | undefined;
    session.on("asked", (asked) => asked.own.id === own?.id && resolve(asked.question));
    session.on("askRefused", ({ question, error }) => question.id === own?.id && reject(error));
    own = session.ask(text, { name });
  });
}

/** Votes, and resolves with why not; undefined: it is kept. */
function vote(session: UserSession, question: string, value: boolean): Promise<string | undefined> {
  const { id } = session.vote(question, value);
  return new Promise((resolve) => {
    session.on("voted", (own) => own.id === id && resolve(undefined));
    session.on("voteRefused", (refused) => refused.vote.id === id && resolve(refused.error.code));
  });
}

const find = (session: Session, id: string) => session.questions.find((question) => question.id === id);
const listTexts = ({ questions }: Session) => questions.map(({ text }) => text);

function createStorage(): ClientStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe.each(ways)("over %s", (_, limit) => {
  test("one asks, another one votes and takes it back, the host answers, and all hear of it", async () => {
    const { host, network, join } = await startTalk();
    limit(network);
    const [ada, bob] = await Promise.all([join(), join()]);
    const { id } = await ask(ada, "  Why?\r\n ");
    expect(ada.questions).toMatchObject([{ id, text: "Why?", mine: true, status: "published", votes: 0 }]);
    await until(bob, () => find(bob, id) !== undefined);
    expect(bob.questionCount).toBe(1);
    expect(find(bob, id)).not.toHaveProperty("mine");
    expect(await vote(bob, id, true)).toBeUndefined();
    for (const session of [host, ada, bob]) await until(session, () => find(session, id)?.votes === 1);
    expect((await bob.listQuestions()).questions).toMatchObject([{ id, voted: true, mine: false }]);
    expect((await ada.listQuestions()).questions).toMatchObject([{ id, voted: false, mine: true }]);
    expect(await vote(bob, id, false)).toBeUndefined();
    for (const session of [host, ada, bob]) await until(session, () => find(session, id)?.votes === 0);
    expect(bob.hasVoted(id)).toBe(false);
    expect(await host.setQuestion(id, { answer: "Because." })).toMatchObject({ id, status: "answered" });
    for (const session of [host, ada, bob])
      await until(session, () => find(session, id)?.answer === "Because.");
    expect(find(ada, id)).toMatchObject({ status: "answered", mine: true });
  });
});

test("a question that is written without a network is asked once there is one, and once, however often it is sent", async () => {
  const { host, network, join } = await startTalk();
  const ada = await join();
  network.cut();
  await until(ada, () => ada.connection === "connecting");
  const own = ada.ask("Why?");
  expect([ada.pendingQuestions, ada.questions]).toEqual([[own], []]);
  network.restore();
  await until(ada, () => ada.pendingQuestions.length === 0);
  expect(listTexts(ada)).toEqual(["Why?"]);
  // What is asked arrives, and no answer comes back.
  network.loseAnswers();
  const again = ada.ask("Why not?");
  await until(host, () => host.questions.length === 2);
  expect(ada.pendingQuestions).toEqual([again]);
  network.cut();
  network.restore();
  await until(ada, () => ada.pendingQuestions.length === 0);
  await until(ada, () => ada.questions.length === 2);
  expect(listTexts(ada)).toEqual(["Why?", "Why not?"]);
  expect(await host.listQuestions()).toMatchObject({ total: 2 });
});

test("a question that waits is there after a reload, and is asked then; a vote is known", async () => {
  const { host, network, join } = await startTalk();
  const { id } = await ask(await join(), "Whose?");
  const storage = createStorage();
  const before = await join({ storage });
  expect(await vote(before, id, true)).toBeUndefined();
  network.cut();
  await until(before, () => before.connection === "connecting");
  const own = before.ask("Why?");
  before.close();
  network.restore();
  const after = keep(joinSession(host.info?.sessionUid ?? "", { apiUrl: network.url, storage }));
  expect(after.pendingQuestions).toEqual([own]);
  await until(after, () => after.pendingQuestions.length === 0 && after.questions.length === 2);
  expect(after.hasVoted(id)).toBe(true);
  expect(after.questions).toMatchObject([
    { id, votes: 1 },
    { text: "Why?", mine: true },
  ]);
});

test("a vote that is taken back without a network is taken back", async () => {
  const { host, network, join } = await startTalk();
  const { id } = await ask(await join(), "Why?");
  const bob = await join();
  expect(await vote(bob, id, true)).toBeUndefined();
  await until(host, () => find(host, id)?.votes === 1);
  network.cut();
  await until(bob, () => bob.connection === "connecting");
  bob.vote(id, false);
  bob.vote(id, true);
  const last = bob.vote(id, false);
  expect([bob.pendingVotes, bob.hasVoted(id)]).toEqual([[last], false]);
  network.restore();
  await until(bob, () => bob.pendingVotes.length === 0);
  await until(host, () => find(host, id)?.votes === 0);
  expect((await bob.listQuestions()).questions).toMatchObject([{ id, votes: 0, voted: false }]);
});

describe("is told why not", () => {
  test("who asks a fourth one, asks with a name they have not, or where none is taken", async () => {
    const { host, join } = await startTalk();
    const ada = await join();
    const [first] = [await ask(ada, "One?"), await ask(ada, "Two?"), await ask(ada, "Three?")];
    await expect(ask(ada, "Four?")).rejects.toMatchObject({ code: "too_many_questions" });
    await ada.withdrawQuestion(first.id);
    expect(listTexts(ada)).toEqual(["Two?", "Three?"]);
    await until(host, () => host.questions.length === 2);
    await expect(ask(ada, "Who?", true)).rejects.toMatchObject({ code: "invalid_request" });
    await ada.setName("Ada");
    expect(await ask(ada, "Who?", true)).toMatchObject({ text: "Who?", name: "Ada" });
    await host.setRules({ questions: "off" });
    await until(ada, () => ada.rules.questions === "off");
    await expect(ask(await join(), "More?")).rejects.toMatchObject({ code: "questions_off" });
    expect(listTexts(ada)).toEqual(["Two?", "Three?", "Who?"]);
  });

  test("who votes for their own, for none, or for one that was answered; who withdraws one that was", async () => {
    const { host, join } = await startTalk();
    const [ada, bob] = [await join(), await join()];
    const { id } = await ask(ada, "Why?");
    expect(await vote(ada, id, true)).toBe("own_question");
    expect(ada.hasVoted(id)).toBe(false);
    await until(bob, () => find(bob, id) !== undefined);
    expect(await vote(bob, "zzz", true)).toBe("question_not_found");
    await host.setQuestion(id, { status: "answered" });
    await until(bob, () => find(bob, id)?.status === "answered");
    expect(await vote(bob, id, true)).toBe("question_fixed");
    await expect(ada.withdrawQuestion(id)).rejects.toMatchObject({ code: "question_fixed" });
    expect(find(ada, id)).toMatchObject({ status: "answered" });
  });
});

test("what a moderator has not published, only its author and hosts hear; what is hidden is gone, and comes back", async () => {
  const { host, join } = await startTalk("moderated");
  const [ada, bob] = [await join(), await join()];
  const { id } = await ask(ada, "Why?");
  expect(ada.questions).toMatchObject([{ id, status: "pending", mine: true }]);
  await until(host, () => find(host, id)?.status === "pending");
  expect(bob.questions).toEqual([]);
  await host.setQuestion(id, { status: "published" });
  for (const session of [ada, bob]) await until(session, () => find(session, id)?.status === "published");
  await host.setQuestion(id, { status: "hidden" });
  await until(bob, () => bob.questions.length === 0);
  await until(ada, () => find(ada, id)?.status === "hidden");
  await host.setQuestion(id, { status: "published", pinned: true });
  for (const session of [ada, bob]) await until(session, () => find(session, id)?.pinned === true);
  expect(find(ada, id)).toMatchObject({ status: "published", mine: true });
});

test("everybody has the same order, whenever they came", async () => {
  const { host, join } = await startTalk();
  const people = await Promise.all(Array.from({ length: 4 }, () => join()));
  const asked: LiveQuestion[] = [];
  for (const [index, person] of people.entries()) asked.push(await ask(person, `Question ${index}?`));
  // The first one gets none, the last one three.
  const votes = asked.flatMap(({ id }, index) =>
    people.filter((_, voter) => voter < index).map((person) => vote(person, id, true)),
  );
  expect(await Promise.all(votes)).toEqual(votes.map(() => undefined));
  const [first] = asked;
  await host.setQuestion(first?.id ?? "", { pinned: true });
  const late = await join();
  const order = ["Question 0?", "Question 3?", "Question 2?", "Question 1?"];
  for (const session of [host, late, ...people]) {
    await until(session, () => listTexts(session).join() === order.join());
  }
  expect((await late.listQuestions()).questions.map(({ text }) => text)).toEqual(order);
  expect((await late.listQuestions({ sort: "newest" })).questions.map(({ text }) => text)).toEqual(
    asked.map(({ text }) => text).toReversed(),
  );
});
