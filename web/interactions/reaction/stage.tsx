import { useEffect, useState } from "hono/jsx/dom";
import { Ask } from "../../ui/ask.tsx";
import { Bars } from "../../ui/bars.tsx";
import { useStore } from "../../ui/use-store.ts";
import { locale } from "../../words/en/language.ts";
import type { Stage, StageSlot } from "../slots.ts";
import type { Lively } from "./bursts.ts";
import { countsOf, listCounts, toBar } from "./counts.ts";
import { LiveReactions } from "./live-reactions.ts";
import { listButtons, listOfferedAtStart } from "./offer.ts";
import { OfferEditor } from "./offer-editor.tsx";
import { PulseChart } from "./pulse-chart.tsx";
import { stage as words } from "./words/en.ts";

/** A slide's bars and the pulse of the talk for the room; what is offered, pausing and blocking for the host. */
export const stageSlot: StageSlot = (stage) => {
  const live = new LiveReactions(stage);
  return {
    Figure: () => (
      <div>
        <dt>{words.total}</dt>
        <dd>{useStore(live.view).total.toLocaleString(locale)}</dd>
      </div>
    ),
    Board: () => (
      <>
        <SlideBars stage={stage} live={live} />
        <PulseCard live={live} />
      </>
    ),
    Controls: () => (
      <>
        <Due stage={stage} live={live} />
        <Reactions stage={stage} live={live} />
      </>
    ),
    startOver: (isEmptied) => live.startOver(isEmptied),
  };
};

interface Props {
  readonly stage: Stage;
  readonly live: LiveReactions;
}

function SlideBars({ stage, live }: Props) {
  const { rules, page, pages } = useStore(live.view);
  const offered = listButtons(listOfferedAtStart(stage.facts), rules, page);
  return (
    <section class="page" aria-labelledby="bars">
      <h2 id="bars">{words.bars}</h2>
      <Bars bars={listCounts(offered, countsOf(pages, page)).map(toBar)} label={words.bars} />
    </section>
  );
}

function PulseCard({ live }: Pick<Props, "live">) {
  const { pulse } = useStore(live.view);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    // A page nobody looks at needs no clock.
    const clock = setInterval(() => !document.hidden && setNow(Date.now()), 1000);
    return () => clearInterval(clock);
  }, []);
  return (
    <section class="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{words.pulse}</h2>
      <PulseChart pulse={pulse} now={now} />
    </section>
  );
}

/** Who reacts most right now, and who was blocked just now. */
function Due({ stage, live }: Props) {
  const { lively, blocked } = useStore(live.view);
  const { isBusy } = useStore(stage.action);
  return (
    <>
      {lively.length > 0 && (
        <section aria-labelledby="lively">
          <h3 id="lively">{words.lively}</h3>
          <ul class="lively" aria-labelledby="lively">
            {lively.map((one) => (
              <li key={one.participant}>
                <button
                  type="button"
                  class="small"
                  onClick={() => stage.ask(() => <AskBlock stage={stage} live={live} lively={one} />)}
                >
                  <bdi>{one.reactions.join(" ")}</bdi> {words.inMoments(one.count)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {blocked !== undefined && (
        <p class="told" role="status">
          {words.blocked}{" "}
          <button type="button" class="small" disabled={isBusy} onClick={() => live.unblock(blocked)}>
            {words.unblock}
          </button>
        </p>
      )}
    </>
  );
}

function Reactions({ stage, live }: Props) {
  const { paused } = useStore(live.view).rules;
  const { isBusy } = useStore(stage.action);
  return (
    <section aria-labelledby="reactions">
      <h3 id="reactions">{words.total}</h3>
      <button
        type="button"
        class={paused ? "small warn" : "small"}
        disabled={isBusy}
        onClick={() => live.setPaused(!paused)}
      >
        {paused ? words.resume : words.pause}
      </button>
      <OfferEditor stage={stage} live={live} />
    </section>
  );
}

function AskBlock({ stage, live, lively }: Props & { lively: Lively }) {
  const [isExcluded, setExcluded] = useState(false);
  const { exclude, text, ...question } = words.askBlock;
  return (
    <Ask
      {...question}
      {...useStore(stage.action)}
      onConfirm={() => live.block(lively.participant, isExcluded)}
      onClose={() => stage.ask(undefined)}
    >
      <p>
        <bdi>{lively.reactions.join(" ")}</bdi> {words.inMoments(lively.count)}
      </p>
      <p>{text}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={isExcluded}
          onChange={() => setExcluded((before: boolean) => !before)}
        />
        {exclude}
      </label>
    </Ask>
  );
}
