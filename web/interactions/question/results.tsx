import { useState } from "hono/jsx/dom";
import { compareAge, compareQuestions } from "../../../shared/interactions/question/order.ts";
import type { Question } from "../../../shared/interactions/question/question.ts";
import { Disclosure } from "../../ui/disclosure.tsx";
import { nameMoment } from "../../ui/duration.ts";
import { locale } from "../../words/en/language.ts";
import type { Results, ResultsSlot } from "../slots.ts";
import { isForRoom } from "./board.tsx";
import { Choice } from "./choice.tsx";
import { results as words } from "./words/en/results.ts";

const SORTS = {
  votes: compareQuestions,
  asked: (a: Question, b: Question) => compareAge(b, a),
} as const;
type Sort = keyof typeof SORTS;
const sorts: readonly Sort[] = ["votes", "asked"];

/** What the room has asked, with votes and answers; a host finds what it did not see behind a line, and not on paper. */
export const resultsSlot: ResultsSlot = {
  listFigures({ questions }) {
    const { length } = questions.filter(isForRoom);
    return length > 0 ? [[words.figure, length.toLocaleString(locale)]] : [];
  },
  Sections: () => null,
  Sheets: ({ results }) => (results.questions.length > 0 ? <Asked results={results} /> : null),
};

function Asked({ results: { questions, isHost } }: { results: Results }) {
  const [sort, setSort] = useState<Sort>("votes");
  const sorted = questions.toSorted(SORTS[sort]);
  const seen = sorted.filter(isForRoom);
  // Whoever is no host is told of none but their own.
  const unseen = isHost ? sorted.filter((question) => !isForRoom(question)) : [];
  if (seen.length + unseen.length === 0) return null;
  return (
    <section class={seen.length === 0 ? "questions unseen" : "questions"} aria-labelledby="asked-by-room">
      <h2 id="asked-by-room">{words.title}</h2>
      {seen.length > 1 && (
        <Choice
          label={words.sort}
          options={sorts.map((name) => ({ name, text: words.sorts[name] }))}
          chosen={sort}
          onChoose={setSort}
        />
      )}
      <List questions={seen} />
      {unseen.length > 0 && (
        <Disclosure class="unseen" summary={words.unseen(unseen.length)}>
          {() => <List questions={unseen} />}
        </Disclosure>
      )}
    </section>
  );
}

const List = ({ questions }: { questions: readonly Question[] }) => (
  <ol class="question-results">
    {questions.map(({ id, text, name, at, votes, status, answer, mergedInto }) => (
      <li key={id}>
        <p class="question-count">
          <b>{votes.toLocaleString(locale)}</b> <span class="soft">{words.votes(votes)}</span>
        </p>
        <div>
          <p class="question-says" dir="auto">
            {text}
          </p>
          <p class="question-facts soft">
            <span class={status}>{mergedInto === undefined ? words.status[status] : words.merged}</span>
            {name !== undefined && <bdi>{name}</bdi>}
            <span>{nameMoment(at)}</span>
          </p>
          {answer !== undefined && status === "answered" && (
            <p class="question-reply" dir="auto">
              {answer}
            </p>
          )}
        </div>
      </li>
    ))}
  </ol>
);
