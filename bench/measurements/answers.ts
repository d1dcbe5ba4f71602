import type { Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { readOk, sendAll } from "../revint.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { BROADCAST_FIGURES, LOOP_FIGURES } from "./figures.ts";
import { repeat } from "./repeat.ts";

const PEOPLE = 1000;
const IDS = ["a", "b", "c", "d"] as const;
const POLL = { kind: "choice", prompt: "Which one?", options: IDS.map((id) => ({ id, text: id })) };
/** Closings of one round; its figures are their medians. */
const TIMES = 5;

/** A session of so many people, each with a pipe, and a poll that is open. */
async function startPoll(stage: Stage, size: Size) {
  const revint = await stage.revint();
  const client = stage.client();
  const session = await revint.host();
  const people = await session.join(scaled(size, PEOPLE));
  const paths = people.map((person) => session.pipe(person));
  await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
  for (const request of [session.ask("poll", POLL), session.setActivity("poll", { status: "open" })]) {
    readOk((await sendAll(revint.port, [request]))[0]);
  }
  return { revint, client, session, people };
}

/** Answers over 1,000 pipes, each waiting for its ack, beside reactions in the same session. */
const overPipes = (stage: Stage, size: Size): Measurement => ({
  group: "answers",
  name: "answer-pipes",
  title: `Answer a poll over ${scaled(size, PEOPLE).toLocaleString("en")} pipes, acked`,
  figures: LOOP_FIGURES,
  goals: [
    {
      what: "answers over pipes against reactions",
      figure: "rate",
      of: "answers",
      per: "reactions",
      least: 0.7,
    },
    { what: "answers over pipes against R2", figure: "rate", of: "answers", per: "R2", least: 3 },
  ],
  prepare: async () => {
    const [{ revint, client, session, people }, references] = await Promise.all([
      startPoll(stage, size),
      stage.references(),
    ]);
    const { seconds } = size;
    const inserts = people.map(({ uid }, index) => ({
      method: "POST",
      path: `/${session.sessionUid}-answers`,
      body: JSON.stringify({ uid, page: "1", reaction: IDS[index % IDS.length] }),
    }));
    const send = (activity?: string) => () =>
      withCpu(revint.workerd.pid, seconds, () =>
        client.run({ kind: "react", seconds, page: "1", reactions: [...IDS], ...(activity && { activity }) }),
      );
    return {
      contestants: [
        { name: "answers", run: send("poll") },
        { name: "reactions", run: send() },
        {
          name: "R2",
          run: () =>
            withCpu(references.pid, seconds, () =>
              client.http(references.port("insert-api"), inserts, 32, seconds),
            ),
        },
      ],
      close: () => client.close(),
    };
  },
});

/** From closing a poll that everybody has answered until every phone has its final tally, beside a slide change. */
const closing = (stage: Stage, size: Size): Measurement => ({
  group: "answers",
  name: "answer-final",
  title: `Close a poll until ${scaled(size, PEOPLE).toLocaleString("en")} pipes have its final tally`,
  figures: BROADCAST_FIGURES,
  goals: [
    { what: "the final tally against a slide", figure: "last", of: "final tally", per: "slide", most: 4 },
  ],
  prepare: async () => {
    const { revint, client, session } = await startPoll(stage, size);
    await client.run({ kind: "react", seconds: 1, page: "1", reactions: [...IDS], activity: "poll" });
    let slides = 0;
    const toAll = (request: ReturnType<typeof session.setActivity>, marker: string) =>
      client.broadcast(revint.port, request, marker);
    let isOpen = true;
    return {
      contestants: [
        {
          name: "final tally",
          run: () =>
            repeat(TIMES, async () => {
              if (!isOpen) await toAll(session.setActivity("poll", { status: "open" }), '"status":"open"');
              isOpen = false;
              return toAll(session.setActivity("poll", { status: "closed" }), '"final":true');
            }),
        },
        {
          name: "slide",
          run: () =>
            repeat(TIMES, () => {
              const marker = `slide-${++slides}`;
              return toAll(session.setState("1", marker), marker);
            }),
        },
      ],
      close: () => client.close(),
    };
  },
});

/** What polls cost, beside reactions and slides. */
export const answers = (stage: Stage, size: Size): Measurement[] => [
  overPipes(stage, size),
  closing(stage, size),
];
