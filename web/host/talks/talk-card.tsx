import { useEffect, useRef } from "hono/jsx/dom";
import type { Talk, TalkSummary } from "../../../shared/protocol/host/talk.ts";
import { nameSlide } from "../../ui/page-name.ts";
import { useStore } from "../../ui/use-store.ts";
import { whileBusy } from "../../ui/while-busy.ts";
import { locale } from "../../words/en/language.ts";
import { host, recap as recapWords } from "../../words/en.ts";
import { type Opened, writeOpen } from "../place.ts";
import { nameStart } from "./start-time.ts";
import type { TalkList } from "./talk-list.ts";

const words = host.talks;

/** Where a talk leads, by how it stands: the first is what its host most likely wants. */
const WAYS = {
  upcoming: ["deck", "stage"],
  running: ["deck", "stage", "results"],
  over: ["results", "recap"],
} as const satisfies Record<Talk["status"], readonly Opened[]>;

const NAMES = {
  deck: { name: words.present, of: words.presentOf },
  stage: { name: words.stage, of: words.stageOf },
  results: { name: words.results, of: words.resultsOf },
  recap: { name: words.recap, of: words.recapOf },
} as const;

/** One talk, and everything that can be done with it. */
export function TalkCard({ talk, talks }: { talk: Talk; talks: TalkList }) {
  const { made, isBusy, recaps } = useStore(talks.view);
  const recap = talk.status === "over" ? recaps.get(talk.id) : undefined;
  const { id, name, status, summary } = talk;
  const first = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // Whoever has just made it goes on by pressing Enter.
    if (made === id) first.current?.focus();
  }, [made]);
  return (
    <li class={made === id ? "row made" : "row"}>
      <div class="what">
        <h3 dir="auto">{name}</h3>
        <p class="soft">
          <bdi>{nameStart(talk)}</bdi>
          {status === "upcoming" && talk.startsAt !== null && talk.opensBefore !== null && (
            <> · {words.opens(talk.opensBefore)}</>
          )}
          {summary && status !== "upcoming" && <Counts summary={summary} />}
          {recap && ` · ${recapWords.short(recap)}`}
        </p>
        {summary && status === "over" && <Best summary={summary} />}
      </div>
      <div class="buttons">
        {WAYS[status].map((what, index) => (
          <a
            key={what}
            ref={index === 0 ? first : undefined}
            class={index === 0 ? "button small primary" : "button small"}
            href={writeOpen(what, id)}
            target="_blank"
            rel="noreferrer"
            aria-label={NAMES[what].of(name)}
          >
            {NAMES[what].name}
          </a>
        ))}
        {status !== "over" && (
          <button
            type="button"
            class="small"
            aria-label={words.codeOf(name)}
            {...whileBusy(isBusy)}
            onClick={() => talks.showJoin(talk)}
          >
            {words.code}
          </button>
        )}
        <More talk={talk} talks={talks} />
      </div>
    </li>
  );
}

function More({ talk, talks }: { talk: Talk; talks: TalkList }) {
  const { isBusy } = useStore(talks.view);
  const actions: readonly (readonly [name: string, does: () => unknown])[] = [
    [words.edit.open, () => talks.ask("change", talk)],
    [words.activities.open, () => talks.showActivities(talk)],
    [words.flows.open, () => talks.showFlows(talk)],
    [words.token.open, () => talks.ask("token", talk)],
    [words.remove.open, () => talks.ask("delete", talk)],
  ];
  return (
    <details class="more">
      <summary class="button small" aria-label={words.moreOf(talk.name)}>
        {words.more}
      </summary>
      <div class="buttons">
        {actions.map(([name, does], index) => (
          <button
            key={name}
            type="button"
            class={index === actions.length - 1 ? "small danger" : "small"}
            {...whileBusy(isBusy)}
            onClick={does}
          >
            {name}
          </button>
        ))}
      </div>
    </details>
  );
}

function Counts({ summary }: { summary: TalkSummary }) {
  const { people, reactions, activities, questions } = summary;
  const counts = [
    words.people(people),
    words.reactions(reactions),
    ...(activities > 0 ? [words.asked(activities)] : []),
    ...(questions > 0 ? [words.questions(questions)] : []),
  ];
  return <> · {counts.join(" · ")}</>;
}

/** What the room liked: its reactions, and where there were the most. */
function Best({ summary: { top, moments } }: { summary: TalkSummary }) {
  const most = Object.entries(top)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 6);
  return (
    <>
      {most.length > 0 && (
        <p class="top">
          {most.map(([reaction, count]) => (
            <span key={reaction}>
              <bdi class="emoji">{reaction}</bdi> {count.toLocaleString(locale)}
            </span>
          ))}
        </p>
      )}
      {moments.length > 0 && (
        <p class="soft">
          {words.moments}:{" "}
          {moments.slice(0, 3).map(({ page, title, reactions }, index) => (
            <span key={page}>
              {index > 0 && ", "}
              <bdi>{title ?? nameSlide(page)}</bdi> ({reactions.toLocaleString(locale)})
            </span>
          ))}
        </p>
      )}
    </>
  );
}
