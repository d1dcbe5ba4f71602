/** @jsxImportSource hono/jsx */
import type { QuestionsSection, RecapQuestion } from "../../../../shared/protocol/recap.ts";
import { words as said } from "../words/en.ts";
import { Paragraphs } from "./paragraphs.tsx";

const words = said.page;

/** What the audience asked, and what its host has answered. */
export function Questions({ section }: { readonly section: QuestionsSection }) {
  const { id, text, questions, total } = section;
  const more = total - questions.length;
  return (
    <section class="questions" id={id} aria-labelledby="questions-name">
      <h2 id="questions-name">{words.asked}</h2>
      <Paragraphs text={text} />
      <ol>
        {questions.map((question) => (
          <Question question={question} />
        ))}
      </ol>
      {more > 0 && <p class="soft">{words.moreQuestions(more)}</p>}
    </section>
  );
}

function Question({ question }: { readonly question: RecapQuestion }) {
  const { id, text, votes, answered, answer } = question;
  return (
    <li id={id}>
      <p class="question" dir="auto">
        {text}
      </p>
      <p class="soft">
        {[...(votes > 0 ? [words.votes(votes)] : []), ...(answered ? [words.isAnswered] : [])].join(" · ")}
      </p>
      {answer !== undefined && (
        <div class="answer">
          <p class="answer-name">{words.answer}</p>
          <p class="question" dir="auto">
            {answer}
          </p>
        </div>
      )}
    </li>
  );
}
