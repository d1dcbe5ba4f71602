import { useEffect, useLayoutEffect, useRef } from "hono/jsx/dom";
import type { LiveQuestion, QuestionSort } from "../../../../shared/interactions/question/question.ts";
import { useStore } from "../../../ui/use-store.ts";
import { phone as words } from "../words/en/phone.ts";
import type { AllQuestions } from "./all-questions.ts";
import { Entry } from "./entry.tsx";
import type { Moves } from "./moves.ts";
import type { OwnVotes } from "./own-votes.ts";
import type { StillList } from "./still-list.ts";

/** What tells that somebody is on the list. */
const SIGNS = ["pointerdown", "pointermove", "touchmove", "wheel", "keydown", "focusout"] as const;

const SORTS: readonly QuestionSort[] = ["votes", "newest"];

interface Props {
  readonly all: AllQuestions;
  readonly still: StillList;
  readonly moves: Moves;
  readonly votes: OwnVotes;
  /** Questions and votes are taken. */
  readonly isOpen: boolean;
}

/** What the audience asks: it holds still under a finger. */
export function QuestionList({ all, still, moves, votes, isOpen }: Props) {
  const { sort, left, isReading, hasFailed } = useStore(all.view);
  const { questions, gone, waiting } = useStore(still.shown);
  useStore(votes.version);
  const title = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    moves.watch(element);
    const touch = () => still.touch();
    for (const sign of SIGNS) element.addEventListener(sign, touch, { passive: true });
    return () => moves.watch(undefined);
  }, []);
  useLayoutEffect(() => moves.play(), [questions]);
  const show = () => {
    still.settle();
    // The button is gone: whoever has pressed it reads on from the top.
    title.current?.focus();
  };
  const toEntry = (question: LiveQuestion) => (
    <Entry
      key={question.id}
      question={question}
      votes={votes}
      isGone={gone.has(question.id)}
      isOpen={isOpen}
    />
  );
  const isAnswered = ({ status, pinned }: LiveQuestion) => status === "answered" && !pinned;
  const answered = questions.filter(isAnswered);
  return (
    <section class="entries" aria-labelledby="entries-title">
      <div class="entries-bar">
        <h2 id="entries-title" ref={title} tabindex={-1}>
          {words.list.title}
        </h2>
        <fieldset class="entries-order">
          <legend class="visually-hidden">{words.list.order}</legend>
          {SORTS.map((each) => (
            <button
              key={each}
              type="button"
              class="quiet"
              aria-pressed={each === sort ? "true" : "false"}
              onClick={() => all.sortBy(each)}
            >
              {words.list[each]}
            </button>
          ))}
        </fieldset>
      </div>
      {questions.length === 0 && <p class="ask-hint">{isOpen ? words.list.first : words.list.nothing}</p>}
      <div ref={list}>
        <ul>{questions.filter((question) => !isAnswered(question)).map(toEntry)}</ul>
        {answered.length > 0 && (
          <>
            <h3>{words.list.answered}</h3>
            <ul>{answered.map(toEntry)}</ul>
          </>
        )}
      </div>
      {left > 0 && (
        <button type="button" class="entries-more" disabled={isReading} onClick={() => void all.readMore()}>
          {isReading ? words.list.reading : words.list.more(left)}
        </button>
      )}
      <p class="ask-hint" role="status">
        {hasFailed && words.list.notRead}
      </p>
      <div class="entries-changes">
        {waiting > 0 && (
          <button type="button" class="primary" onClick={show}>
            {words.list.changes(waiting)}
          </button>
        )}
      </div>
    </section>
  );
}
