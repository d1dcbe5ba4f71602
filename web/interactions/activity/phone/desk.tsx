import type { FC } from "hono/jsx";
import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import { getOwn } from "../../../client/record.ts";
import { OwnName } from "../../../ui/own-name.ts";
import { createStore } from "../../../ui/store.ts";
import { useStore } from "../../../ui/use-store.ts";
import type { Phone } from "../../slots.ts";
import { ServiceClock } from "../service-clock.ts";
import { phone as words } from "../words/en/phone.ts";
import { Card, type CardActions } from "./card.tsx";
import { Drafts } from "./drafts.ts";
import { Hands } from "./hands.ts";
import { OwnAnswers } from "./own-answers.ts";
import css from "./phone.css" with { type: "text" };
import { type Occasion, Spotlight } from "./spotlight.ts";

const SAID: { readonly [Name in Occasion]: (prompt: string) => string } = {
  opened: words.opened,
  closed: words.isOver,
  revealed: words.result,
};

interface Heard {
  readonly isNews: boolean;
  readonly at: number;
}

/**
 * Where a person is asked: one question at a time, with what became of their answer.
 * @param first whether what is asked by now was opened just then, or found when this phone came; and when, by the steady clock
 * @param isNews the same of what is heard in this moment
 */
export function createDesk(phone: Phone, first: Heard, isNews: () => boolean): FC {
  const { session, announce } = phone;
  const styles = new CSSStyleSheet();
  styles.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styles];

  const clock = new ServiceClock();
  const hands = new Hands(document);
  const drafts = new Drafts(session.info?.sessionUid ?? "");
  const heard = createStore({
    tallies: session.tallies,
    score: session.score,
    connection: session.connection,
    takesNames: session.rules.names,
  });
  const spotlight = new Spotlight({
    whenResting: (act) => hands.whenResting(act),
    tell: ({ prompt }, occasion) => announce(SAID[occasion](prompt)),
  });
  const hear = (activities: readonly LiveActivity[], { isNews, at }: Heard) => {
    clock.hear(activities, isNews, at);
    spotlight.hear(activities, session.state?.page);
  };
  const report = () => {
    const waiting = session.pendingAnswers.length;
    phone.report({
      kept: waiting > 0 ? words.kept(waiting) : undefined,
      heading: spotlight.spot.get().shown?.prompt,
    });
  };

  hear(session.activities, first);
  session.on("activities", (activities) => hear(activities, { isNews: isNews(), at: performance.now() }));
  session.on("tallies", (tallies) => heard.set({ tallies }));
  session.on("score", (score) => heard.set({ score }));
  session.on("connection", (connection) => heard.set({ connection }));
  session.on("rules", ({ names }) => heard.set({ takesNames: names }));
  spotlight.spot.watch(report);
  session.on("answered", report);
  session.on("answerRefused", ({ error }) => {
    report();
    announce(words.refused(error.code));
  });
  let page = session.state?.page;
  session.on("state", (state) => {
    if (state.page !== page) spotlight.turn();
    page = state.page;
  });
  const name = new OwnName(session);
  const own = new OwnAnswers(session, clock, !first.isNews);
  report();

  const actions: CardActions = {
    send(activity, value) {
      own.send(activity, value);
      drafts.forget(activity);
      if (value === null) announce(words.tookBack);
      report();
    },
    getDraft: (activity) => drafts.get(activity),
    keepDraft: (activity, draft) => drafts.keep(activity, draft),
    choose(id) {
      spotlight.choose(id);
      announce(spotlight.spot.get().shown?.prompt ?? "");
    },
    putAway: () => spotlight.putAway(),
    announce,
  };

  return () => {
    const { asked, shown } = useStore(spotlight.spot);
    const { tallies, score, connection, takesNames } = useStore(heard);
    useStore(own.answers);
    if (!shown) return null;
    return (
      <Card
        activity={shown}
        asked={asked}
        own={own.get(shown)}
        tally={getOwn(tallies, shown.id)}
        score={score}
        name={name}
        takesNames={takesNames}
        isAway={connection === "connecting" || connection === "closed"}
        takesFocus={document.activeElement?.closest(".question-body") !== null}
        clock={clock}
        actions={actions}
      />
    );
  };
}
