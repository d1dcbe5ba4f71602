import { useEffect, useMemo, useState } from "hono/jsx/dom";
import type { Activity } from "../../../shared/interactions/activity/activity.ts";
import type { Ranking } from "../../../shared/interactions/activity/ranking.ts";
import type { Tally } from "../../../shared/interactions/activity/tally.ts";
import { readRanking } from "../../client/activity.ts";
import { Disclosure } from "../../ui/disclosure.tsx";
import { nameSlide } from "../../ui/page-name.ts";
import { comparePages } from "../../ui/page-order.ts";
import { locale } from "../../words/en/language.ts";
import type { Results, ResultsSlot } from "../slots.ts";
import { results as kinds } from "./kinds/results.ts";
import { RankingTable } from "./ranking-table.tsx";
import { HiddenResult, Result } from "./result.tsx";
import { TextList } from "./text-list.tsx";
import { TextPages } from "./text-pages.ts";
import { findQuizQuestion } from "./visibility.ts";
import { results as words } from "./words/en/results.ts";

/** A drawing of words or numbers shows the most frequent ones; with more than these, a table has all. */
const MOST_DRAWN = 20;

/** Every activity with its rounds, in the order of the deck or, without one, of their opening. */
export const resultsSlot: ResultsSlot = {
  listFigures({ activities }) {
    const { length } = listAsked(activities);
    return length > 0 ? [[words.figure, length.toLocaleString(locale)]] : [];
  },
  Sections: () => null,
  Sheets({ results }) {
    const asked = listAsked(results.activities);
    if (asked.length === 0) return null;
    return (
      <>
        <section class="activities" aria-labelledby="asked">
          <h2 id="asked">{words.title}</h2>
          {asked.map((activity) => (
            <ActivityResult key={activity.id} activity={activity} results={results} />
          ))}
        </section>
        <QuizResult results={results} />
      </>
    );
  },
};

/** What was never opened was never asked. */
export function listAsked(activities: readonly Activity[]): Activity[] {
  const asked = activities.filter(({ status }) => status !== "draft");
  const isOfDeck = asked.every(({ page }) => page !== undefined);
  const byOpening = (a: Activity, b: Activity) => (a.openedAt ?? 0) - (b.openedAt ?? 0);
  const byPage = (a: Activity, b: Activity) => comparePages(a.page ?? "", b.page ?? "");
  return asked.sort((a, b) => (isOfDeck ? byPage(a, b) : 0) || byOpening(a, b));
}

/** Who was best in the quiz, if there was one: read again with everything else while the talk runs. */
function QuizResult({ results }: { results: Results }) {
  const { activities } = results;
  const [ranking, setRanking] = useState<Ranking | undefined>(undefined);
  const question = findQuizQuestion(activities);
  useEffect(() => {
    if (!question) return;
    const path = `/activities/${encodeURIComponent(question.id)}/ranking`;
    // What was read before stays where it can't be read.
    results.read(path).then(
      (fields) => setRanking((before: Ranking | undefined) => readRanking(fields) ?? before),
      () => {},
    );
  }, [activities]);
  if (!question || !ranking) return null;
  return (
    <section class="quiz-result" aria-labelledby="quiz">
      <h2 id="quiz">{words.quiz}</h2>
      <RankingTable ranking={ranking} />
    </section>
  );
}

interface Props {
  readonly activity: Activity;
  readonly results: Results;
}

function ActivityResult({ activity, results }: Props) {
  const { id, kind, prompt, page, status, tally, rounds } = activity;
  const all = [...rounds, ...(tally ? [tally] : [])];
  return (
    <article class="activity-result" aria-labelledby={`asked-${id}`}>
      <h3 id={`asked-${id}`} dir="auto">
        {prompt}
      </h3>
      <p class="soft">
        {[
          kinds[kind].name,
          ...(page === undefined ? [] : [nameSlide(page)]),
          ...(status === "open" ? [words.open] : []),
        ].join(" · ")}
      </p>
      {!tally && <HiddenResult activity={activity} people={undefined} />}
      <div class={all.length > 1 ? "round-results several" : "round-results"}>
        {all.map((one) => (
          <div key={one.round} class="round-result">
            {all.length > 1 && <h4>{words.round(one.round)}</h4>}
            <Result activity={activity} tally={one} />
            <Every activity={activity} tally={one} />
            {kind === "text" && (results.isHost || activity.revealed) && (
              <Texts activity={activity} tally={one} results={results} />
            )}
          </div>
        ))}
      </div>
    </article>
  );
}

/** What was written, as it was read: the page reads itself anew while the talk runs, and these with it. */
function Texts({ activity: { id }, tally: { round, people }, results }: Props & { tally: Tally }) {
  const pages = useMemo(() => new TextPages(id, round, (what) => results.read(what)), []);
  useEffect(() => void pages.load(), [people]);
  return <TextList pages={pages} />;
}

/** Every word or number, where a drawing can't hold them all. */
function Every({ activity: { kind }, tally }: { activity: Activity; tally: Tally }) {
  const counts = Object.entries(tally.counts).sort((a, b) => b[1] - a[1]);
  if ((kind !== "words" && kind !== "number") || counts.length <= MOST_DRAWN) return null;
  return (
    <Disclosure class="numbers" summary={words.all(counts.length)}>
      {() => (
        // Whoever has no finger on it scrolls with the keyboard.
        <section class="scroll" aria-label={words.all(counts.length)} tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.answer}</th>
                <th scope="col" class="figure">
                  {words.people}
                </th>
              </tr>
            </thead>
            <tbody>
              {counts.map(([answer, count]) => (
                <tr key={answer}>
                  <th scope="row">
                    <bdi>{answer}</bdi>
                  </th>
                  <td class="figure">{count.toLocaleString(locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Disclosure>
  );
}
