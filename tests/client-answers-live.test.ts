import { beforeAll, describe, expect, test } from "vitest";
import { type ClientOptions, hostSession, joinSession, type Session } from "../web/client/index.ts";
import { type Deployment, shareDeployment } from "./deployment.ts";
import { FlakyNetwork, ways } from "./flaky-network.ts";
import { keep } from "./keep.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await shareDeployment();
});

const poll = {
  kind: "choice",
  prompt: "Which?",
  show: "closed",
  options: [
    { id: "a", text: "A" },
    { id: "b", text: "B" },
  ],
} as const;

async function startTalk() {
  const host = keep(
    hostSession(await revint.sign(), { apiUrl: revint.url, webUiUrl: `${revint.url}/join`, storage: null }),
  );
  await host.ready;
  const network = keep(await FlakyNetwork.before(revint.url));
  const join = (options: Partial<ClientOptions> = {}) =>
    keep(joinSession(host.info?.sessionUid ?? "", { apiUrl: network.url, storage: null, ...options }));
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
    const names = ["activities", "tallies", "answered", "answerRefused", "connection"] as const;
    const stops = names.map((name) => session.on(name, look));
    look();
  });
}

const getStatus = (session: Session) => session.activities.find(({ id }) => id === "poll")?.status;

describe.each(ways)("over %s", (_, limit) => {
  test("a participant is asked, answers, changes their mind, and hears the final tally", async () => {
    const { host, network, join } = await startTalk();
    limit(network);
    const user = join();
    await user.ready;
    await host.putActivity("poll", poll);
    await host.setActivity("poll", { status: "open" });
    await until(user, () => getStatus(user) === "open");
    user.answer("poll", ["a"]);
    const last = user.answer("poll", ["b"]);
    expect(user.pendingAnswers).toEqual([last]);
    await until(user, () => user.pendingAnswers.length === 0);
    await until(host, () => host.tallies.poll?.counts.b === 1);
    expect(user.tallies.poll).toBeUndefined();
    expect(await user.listActivities()).toMatchObject([{ id: "poll", mine: ["b"], rounds: [] }]);
    await host.setActivity("poll", { status: "closed" });
    await until(user, () => user.tallies.poll?.final === true);
    expect(user.tallies.poll).toMatchObject({ round: 1, people: 1, counts: { b: 1 } });
    expect(getStatus(user)).toBe("closed");
  });
});

/** A poll that a participant has heard of, who has just lost their network. */
async function openAndCut() {
  const { host, network, join } = await startTalk();
  await host.putActivity("poll", poll);
  await host.setActivity("poll", { status: "open" });
  const user = join();
  await until(user, () => getStatus(user) === "open");
  network.cut();
  await until(user, () => user.connection === "connecting");
  return { host, network, user };
}

test("of two answers made without a network, the last one arrives; what is over by then is refused", async () => {
  const { host, network, user } = await openAndCut();
  user.answer("poll", ["a"]);
  user.answer("poll", ["b"]);
  network.restore();
  await until(user, () => user.pendingAnswers.length === 0);
  await until(host, () => host.tallies.poll?.counts.b === 1);

  network.cut();
  await until(user, () => user.connection === "connecting");
  const late = user.answer("poll", ["a"]);
  const refused: string[] = [];
  user.on("answerRefused", ({ answer, error }) => refused.push(`${answer.id} ${error.code}`));
  await host.setActivity("poll", { status: "closed", revealed: true });
  network.restore();
  await until(user, () => refused.length > 0);
  expect(refused).toEqual([`${late.id} activity_closed`]);
  await until(user, () => user.tallies.poll?.final === true);
  expect(user.tallies.poll).toMatchObject({ people: 1, counts: { b: 1 } });
});

test("an answer that waited for a network while its activity was cleared counts in no other round", async () => {
  const { host, network, user } = await openAndCut();
  const rehearsed = user.answer("poll", ["a"]);
  const refused: string[] = [];
  user.on("answerRefused", ({ answer, error }) => refused.push(`${answer.id} ${error.code}`));
  await host.putActivity("poll", { ...poll, clear: true });
  await host.setActivity("poll", { status: "open" });
  network.restore();
  await until(user, () => refused.length > 0);
  expect(refused).toEqual([`${rehearsed.id} activity_closed`]);
  await until(user, () => getStatus(user) === "open");
  user.answer("poll", ["b"]);
  await until(host, () => host.tallies.poll?.counts.b === 1);
  expect(host.tallies.poll).toMatchObject({ round: 1, people: 1 });
});
