import { JoinAddress } from "../ui/join-address.tsx";
import { getShortLink } from "../ui/join-link.ts";
import { Notice } from "../ui/notice.tsx";
import { isOnlyHere } from "../ui/only-here.ts";
import type { OnNotStarted } from "../ui/own-session.ts";
import { nameSlide } from "../ui/page-name.ts";
import { Qr } from "../ui/qr.tsx";
import { RecapOffer } from "../ui/recap-offer.tsx";
import { SessionForm } from "../ui/session-form.tsx";
import type { Store } from "../ui/store.ts";
import { TokenForm } from "../ui/token-form.tsx";
import { useStore } from "../ui/use-store.ts";
import { locale } from "../words/en/language.ts";
import { common, pages, stage as words } from "../words/en.ts";
import { Controls, PanelButton } from "./controls.tsx";
import type { Entrance } from "./entrance.ts";
import { NoticeList } from "./notice-list.tsx";
import type { Panel } from "./panel.ts";
import type { StageSession } from "./stage-session.ts";
import { Start } from "./start.tsx";
import type { View } from "./view.ts";

interface Props {
  readonly store: Store<View>;
  /** `undefined`: the address names no session. */
  readonly entrance: Entrance | undefined;
  readonly panel: Panel;
  readonly onNotStarted: OnNotStarted;
}

/** The stage: what a host looks at, and may show on a projector, besides the deck. */
export function App({ store, entrance, panel, onNotStarted }: Props) {
  const view = useStore(store);
  const { screen, stage } = view;
  if (screen !== "stage" || !stage)
    return <Before view={view} entrance={entrance} onNotStarted={onNotStarted} />;
  return (
    <div class="stage">
      <Board stage={stage} panel={panel} />
      <Controls stage={stage} panel={panel} />
      <NoticeList notices={stage.notices} />
    </div>
  );
}

/** Everything that is not the stage itself: coming in, not coming in, and the end. */
function Before({ view, entrance, onNotStarted }: Omit<Props, "store" | "panel"> & { view: View }) {
  const { screen, problem, unstarted } = view;
  if (screen === "notStarted" && unstarted)
    return <Start key={unstarted.token} pass={unstarted} onNotStarted={onNotStarted} />;
  if (screen === "ask" || screen === "stage") {
    return (
      <Notice title={words.heading} text={words.ask}>
        <TokenForm action={words.watch} problem={problem} onToken={(pasted) => entrance?.enterWith(pasted)} />
      </Notice>
    );
  }
  return (
    <Notice title={words.heading} text={words[screen]} isBusy={screen === "connecting"}>
      {(screen === "noSession" || screen === "notFound") && (
        <SessionForm action={words.openSession} isForHosts problem={problem} onNotStarted={onNotStarted} />
      )}
      {screen === "failed" && (
        <button type="button" class="primary" onClick={() => entrance?.tryAgain()}>
          {common.tryAgain}
        </button>
      )}
      {screen === "ended" && (
        <>
          {entrance?.recapPass && <RecapOffer pass={entrance.recapPass} isHost={entrance.isHost} />}
          <a class="button" href={`/results${location.search}`}>
            {words.results}
          </a>
        </>
      )}
    </Notice>
  );
}

function Board({ stage, panel }: { stage: StageSession; panel: Panel }) {
  const { connection, page, title, subtitle, isWaiting, people, note } = useStore(stage.view);
  const { info } = stage.session;
  const joinUrl = info && getShortLink(info, location.origin);
  return (
    <main class="board">
      <header class="top">
        <span class={`dot ${connection}`} role="img" aria-label={common.connection[connection]} />
        <h1 dir="auto">{stage.facts.name}</h1>
        {note !== "" && <p class="told warn">{note}</p>}
        <PanelButton stage={stage} panel={panel} />
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
          <dd>{people.toLocaleString(locale)}</dd>
        </div>
        {stage.slots.map(({ Figure }) => (
          <Figure />
        ))}
      </dl>
      <section class="join" aria-labelledby="join">
        <h2 id="join">{words.join}</h2>
        {joinUrl !== undefined && <Qr url={joinUrl} />}
        <p class="url">
          <bdi dir="ltr">{joinUrl !== undefined && <JoinAddress url={joinUrl} />}</bdi>
        </p>
        {joinUrl !== undefined && isOnlyHere(joinUrl) && <p class="only-here">{pages.onlyHere}</p>}
      </section>
      {stage.slots.map(({ Board }) => (
        <Board />
      ))}
    </main>
  );
}
