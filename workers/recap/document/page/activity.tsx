/** @jsxImportSource hono/jsx */
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { ActivitySection, RecapResult, SlideSection } from "../../../../shared/protocol/recap.ts";
import { words as said } from "../words/en.ts";
import { Bar } from "./bar.tsx";
import { Paragraphs } from "./paragraphs.tsx";
import { SlideLink } from "./slide-link.tsx";

const words = said.page;

/** Sizes of words in a cloud. */
const SIZES = 5;

interface Props {
  readonly activities: readonly ActivitySection[];
  readonly slides: readonly SlideSection[];
}

/** What the host asked, and how the room answered. */
export const ActivityList = ({ activities, slides }: Props) => (
  <section class="activities" aria-labelledby="activities-name">
    <h2 id="activities-name">{words.activities}</h2>
    {activities.map((activity) => (
      <Activity activity={activity} slide={slides.find(({ page }) => page === activity.page)} />
    ))}
  </section>
);

interface ActivityProps {
  readonly activity: ActivitySection;
  readonly slide: SlideSection | undefined;
}

function Activity({ activity, slide }: ActivityProps) {
  const { id, kind, prompt, page, people, text, results, right } = activity;
  return (
    <article class="activity" id={id}>
      <h3 dir="auto">{prompt}</h3>
      <p class="soft">
        {words.answered(people)}
        {page !== null && (
          <>
            {" · "}
            <SlideLink page={page} title={slide?.title ?? null} slide={slide} />
          </>
        )}
      </p>
      <Paragraphs text={text} />
      <Middle activity={activity} />
      {kind === "words" ? (
        <Words results={results} />
      ) : (
        <Results kind={kind} prompt={prompt} results={results} />
      )}
      {right && <Right kind={kind} right={right} />}
      {kind === "text" && <p class="soft">{words.texts}</p>}
    </article>
  );
}

function Middle({ activity: { mean, median } }: { readonly activity: ActivitySection }) {
  if (mean === undefined && median === undefined) return null;
  return (
    <dl class="middle">
      {mean !== undefined && (
        <div>
          <dt>{words.mean}</dt>
          <dd>{said.count(mean)}</dd>
        </div>
      )}
      {median !== undefined && (
        <div>
          <dt>{words.median}</dt>
          <dd>{said.count(median)}</dd>
        </div>
      )}
    </dl>
  );
}

/** The options in order; or a number, or the two ends of a range. */
function Right({ kind, right }: { readonly kind: string; readonly right: readonly string[] }) {
  const isOrder = kind === "order";
  return (
    <p>
      {isOrder ? words.rightOrder : words.rightNumber}{" "}
      {right.map((each, index) => (
        <>
          {index > 0 && (isOrder ? ", " : " – ")}
          <bdi>{each}</bdi>
        </>
      ))}
    </p>
  );
}

function Results({ kind, prompt, results }: Pick<ActivitySection, "kind" | "prompt" | "results">) {
  if (results.length === 0) return null;
  return (
    <table class="results">
      <caption class="visually-hidden">{prompt}</caption>
      <thead>
        <tr>
          <th scope="col">{words.option}</th>
          <th scope="col">{kind === "order" ? words.first : words.share}</th>
          <th scope="col">{words.number}</th>
        </tr>
      </thead>
      <tbody>
        {results.map(({ label, count, percent, correct }) => (
          <tr class={correct && "right"}>
            <th scope="row" dir="auto">
              <bdi>{label}</bdi>
              {correct && <span class="mark">{words.right}</span>}
            </th>
            <td class="share">
              <Bar percent={percent} />
              {said.percent(percent)}
            </td>
            <td>{said.count(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The larger, the more people said so. */
function Words({ results }: { readonly results: readonly RecapResult[] }) {
  const [most = 1] = results.map(({ count }) => count);
  return (
    <>
      {results.length > 0 && (
        <ul class="words">
          {results.map(({ label, count }) => (
            <li class={`size-${Math.ceil((count / most) * SIZES)}`}>
              <bdi>{label}</bdi> <small>{said.count(count)}</small>
            </li>
          ))}
        </ul>
      )}
      <p class="soft">{words.fewest(LIMITS.recapFewest)}</p>
    </>
  );
}
