import { Bars } from "../ui/bars.tsx";
import { readField } from "../ui/field.ts";
import { listOffered } from "../ui/offer.ts";
import { nameSlide } from "../ui/page-name.ts";
import { Qr } from "../ui/qr.tsx";
import { countsOf, listCounts } from "../ui/reactions.ts";
import { SessionForm } from "../ui/session-form.tsx";
import { useStore } from "../ui/use-store.ts";
import { common, stage as words } from "../words/en.ts";
import { Chart } from "./chart.tsx";
import { Controls, PanelButton } from "./controls.tsx";
import { moderation } from "./moderation.ts";
import { view as store, type View } from "./view.ts";

interface Props {
  readonly onPass: (pasted: string) => void;
  readonly onTryAgain: () => void;
}

/** The stage: what a host looks at, and may show on a projector, besides the deck. */
export function App(props: Props) {
  const view = useStore(store);
  if (view.screen !== "stage") return <Notice view={view} {...props} />;
  return (
    <div class="stage">
      <Board view={view} />
      <Controls />
    </div>
  );
}

function Notice({ view: { screen, problem }, onPass, onTryAgain }: Props & { view: View }) {
  if (screen === "ask" || screen === "stage") {
    const submit = (event: Event) => {
      event.preventDefault();
      onPass(readField(event, "token"));
    };
    return (
      <main class="notice">
        <h1>{words.heading}</h1>
        <p>{words.ask}</p>
        <form onSubmit={submit}>
          <label>
            {words.token}
            <input name="token" type="password" dir="ltr" required autocomplete="off" spellcheck={false} />
          </label>
          <p class="problem" role="alert">
            {problem}
          </p>
          <button type="submit" class="primary">
            {words.watch}
          </button>
        </form>
      </main>
    );
  }
  return (
    <main class="notice" aria-busy={screen === "connecting" ? "true" : "false"}>
      <h1>{words.heading}</h1>
      <p>{words[screen]}</p>
      {(screen === "noSession" || screen === "notFound") && (
        <SessionForm action={words.openSession} isForHosts problem={problem} />
      )}
      {screen === "failed" && (
        <button type="button" class="primary" onClick={onTryAgain}>
          {words.tryAgain}
        </button>
      )}
      {screen === "ended" && (
        <a class="button primary" href={`/results${location.search}`}>
          {words.results}
        </a>
      )}
    </main>
  );
}

function Board({ view }: { view: View }) {
  const { name, connection, joinUrl, page, title, subtitle, isWaiting } = view;
  const { rules } = useStore(moderation);
  const counts = listCounts(listOffered(view.reactions, rules, page), countsOf(view.pages, page));
  return (
    <main class="board">
      <header class="top">
        <span class={`dot ${connection}`} role="img" aria-label={common.connection[connection]} />
        <h1 dir="auto">{name}</h1>
        {rules.paused && <p class="told warn">{words.isPaused}</p>}
        <PanelButton />
      </header>
      <section class="now" aria-labelledby="now">
        <h2 id="now">{words.now}</h2>
        <p class="title" dir="auto">
          {isWaiting ? words.waiting : (title ?? nameSlide(page))}
        </p>
        {subtitle !== undefined && (
          <p class="subtitle" dir="auto">
            {subtitle}
          </p>
        )}
      </section>
      <dl class="figures">
        <div>
          <dt>{words.people}</dt>
          <dd>{view.people.toLocaleString("en")}</dd>
        </div>
        <div>
          <dt>{words.total}</dt>
          <dd>{view.total.toLocaleString("en")}</dd>
        </div>
      </dl>
      <section class="join" aria-labelledby="join">
        <h2 id="join">{words.join}</h2>
        {joinUrl !== undefined && <Qr url={joinUrl} />}
        <p class="url">
          <bdi dir="ltr">{joinUrl?.replace(/^https?:\/\//, "")}</bdi>
        </p>
      </section>
      <section class="page" aria-labelledby="bars">
        <h2 id="bars">{words.bars}</h2>
        <Bars counts={counts} label={words.bars} />
      </section>
      <section class="timeline" aria-labelledby="timeline">
        <h2 id="timeline">{words.timeline}</h2>
        <Chart timeline={view.timeline} now={view.now} />
      </section>
    </main>
  );
}
