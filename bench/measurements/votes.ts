import { LiveQuestion } from "../../shared/interactions/question/question.schema.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { readOk, sendAll } from "../revint.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { BROADCAST_FIGURES, LOOP_FIGURES } from "./figures.ts";
import { repeat } from "./repeat.ts";

const PEOPLE = 1000;
const QUESTIONS = 200;
/** Those who ask: nobody votes for their own. */
const AUTHORS = 120;
/** New questions of one round; its figures are their medians. */
const TIMES = 5;

/** A session of so many people, each with a pipe, and questions that others have asked. */
async function startQuestions(stage: Stage, size: Size) {
  const revint = await stage.revint();
  const client = stage.client();
  const session = await revint.host();
  readOk((await sendAll(revint.port, [session.rule({ questions: "open" })]))[0]);
  const people = await session.join(scaled(size, PEOPLE));
  const authors = await session.join(AUTHORS);
  const paths = people.map((person) => session.pipe(person));
  await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
  let asked = 0;
  const ask = (text: string) => {
    const author = authors[asked++ % AUTHORS];
    if (!author || asked > AUTHORS * LIMITS.questionsPerPerson) throw new Error("nobody may ask any more");
    return session.askQuestion(author, text);
  };
  const requests = Array.from({ length: QUESTIONS }, (_, at) => ask(`Question ${at}?`));
  const answers = await sendAll(revint.port, requests);
  const questions = answers.map((answer) => LiveQuestion.parse(readOk(answer)).id);
  return { revint, client, session, ask, questions };
}

/** Votes over 1,000 pipes, each waiting for its ack, beside reactions in the same session. */
const overPipes = (stage: Stage, size: Size): Measurement => ({
  group: "votes",
  name: "vote-pipes",
  title: `Vote for ${QUESTIONS} questions over ${scaled(size, PEOPLE).toLocaleString("en")} pipes, acked`,
  figures: LOOP_FIGURES,
  goals: [
    { what: "votes over pipes against reactions", figure: "rate", of: "votes", per: "reactions", least: 0.7 },
  ],
  prepare: async () => {
    const { revint, client, questions } = await startQuestions(stage, size);
    const { seconds } = size;
    const send = (what: { questions?: string[] }) => () =>
      withCpu(revint.workerd.pid, seconds, () =>
        client.run({ kind: "react", seconds, page: "1", reactions: ["a", "b", "c", "d"], ...what }),
      );
    return {
      contestants: [
        { name: "votes", run: send({ questions }) },
        { name: "reactions", run: send({}) },
      ],
      close: () => client.close(),
    };
  },
});

/** From asking until every phone has the question, beside a slide change. */
const asking = (stage: Stage, size: Size): Measurement => ({
  group: "votes",
  name: "question-new",
  title: `Ask a question until ${scaled(size, PEOPLE).toLocaleString("en")} pipes have it`,
  figures: BROADCAST_FIGURES,
  goals: [{ what: "ms until everyone has a new question", figure: "last", of: "question", most: 1500 }],
  prepare: async () => {
    const { revint, client, session, ask } = await startQuestions(stage, size);
    let told = 0;
    const tell = (write: (marker: string) => ReturnType<typeof ask>) => () =>
      repeat(TIMES, () => {
        const marker = `told-${++told}.`;
        return client.broadcast(revint.port, write(marker), marker);
      });
    return {
      contestants: [
        { name: "question", run: tell(ask) },
        { name: "slide", run: tell((marker) => session.setState("1", marker)) },
      ],
      close: () => client.close(),
    };
  },
});

/** What questions and votes cost, beside reactions and slides. */
export const votes = (stage: Stage, size: Size): Measurement[] => [
  overPipes(stage, size),
  asking(stage, size),
];
