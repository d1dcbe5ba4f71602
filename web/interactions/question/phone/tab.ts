import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { toRevintError } from "../../../client/error.ts";
import { createStore } from "../../../ui/store.ts";
import type { Phone, PhoneTab } from "../../slots.ts";
import { phone as words } from "../words/en/phone.ts";
import { AllQuestions } from "./all-questions.ts";
import { Asking } from "./asking.ts";
import { Moves } from "./moves.ts";
import { News } from "./news.ts";
import { OwnVotes } from "./own-votes.ts";
import { createPanel } from "./panel.tsx";
import css from "./phone.css" with { type: "text" };
import { StillList } from "./still-list.ts";

/** What has gone wrong is said so long, in milliseconds. */
const TROUBLE_MS = 6000;

/** The tab of the audience's questions: there while they are taken, or some are there. */
export function createTab(phone: Phone): void {
  const { session, announce } = phone;
  const styles = new CSSStyleSheet();
  styles.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, styles];

  let isOpen = false;
  let trouble: string | undefined;
  let troubled: ReturnType<typeof setTimeout> | undefined;
  let tab: PhoneTab | undefined;
  const news = new News(session.info?.sessionUid ?? "");
  const report = () => {
    const waiting = session.pendingQuestions.length;
    const isTaken = session.rules.questions !== "off" || session.questionCount > 0;
    // Nobody loses what they were writing.
    const isThere = isTaken || waiting > 0 || asking.view.get().text !== "";
    const count = news.count(session.questionCount, isOpen);
    if (!isThere) tab = undefined;
    else if (tab?.news !== count) tab = { name: words.tab, news: count, Panel };
    const unsentVotes = session.pendingVotes.length;
    const isKept = waiting + unsentVotes > 0;
    phone.report({ trouble, kept: isKept ? words.kept(waiting, unsentVotes) : undefined, tab });
  };
  const tellTrouble = (text: string) => {
    trouble = text;
    announce(text);
    report();
    clearTimeout(troubled);
    troubled = setTimeout(() => {
      trouble = undefined;
      report();
    }, TROUBLE_MS);
  };

  const moves = new Moves();
  const still = new StillList({
    isFocused: () => document.activeElement?.matches(".entry :focus-visible") === true,
    beforeMove: () => moves.prepare(),
  });
  const votes = new OwnVotes(session, (code) => tellTrouble(words.voteRefused(code)));
  const all = new AllQuestions(session, (isAskedFor) => {
    still.hear(all.list());
    if (isAskedFor) still.settle();
  });
  still.hear(all.list());
  // In the panel, the form says it itself.
  const asking = new Asking(session, (problem) => !isOpen && tellTrouble(problem));
  const heard = createStore({
    rule: session.rules.questions,
    connection: session.connection,
    sent: session.pendingQuestions,
    own: listOwn(session.questions),
  });
  const hear = () => {
    heard.set({
      rule: session.rules.questions,
      connection: session.connection,
      sent: session.pendingQuestions,
      own: listOwn(session.questions),
    });
    report();
  };
  const Panel = createPanel({
    ...{ session, heard, asking, all, still, moves, votes, announce },
    look: (isLooking) => {
      isOpen = isLooking;
      report();
    },
    sent: () => {
      announce(
        session.connection === "live" || session.connection === "fallback" ? words.ask.sent : words.ask.waits,
      );
      hear();
    },
    withdraw: async (question) => {
      try {
        await session.withdrawQuestion(question);
        announce(words.own.withdrawn);
      } catch (error) {
        tellTrouble(words.withdrawRefused(toRevintError(error).code));
      }
    },
  });

  session.on("questions", (questions) => {
    tellOwn(heard.get().own, listOwn(questions), announce);
    hear();
  });
  session.on("rules", hear);
  session.on("connection", hear);
  session.on("asked", hear);
  session.on("askRefused", hear);
  asking.view.watch(report);
  votes.version.watch(report);
  report();
}

const listOwn = (questions: readonly LiveQuestion[]): LiveQuestion[] => questions.filter(({ mine }) => mine);

/** Says what happened to one's own questions. */
function tellOwn(
  before: readonly LiveQuestion[],
  after: readonly LiveQuestion[],
  announce: (text: string) => void,
): void {
  for (const { id, status, pinned } of after) {
    const old = before.find((question) => question.id === id);
    if (!old) continue;
    if (pinned && !old.pinned) announce(words.told.pinned);
    else if (status !== old.status && status !== "pending") announce(words.told[status]);
  }
}
