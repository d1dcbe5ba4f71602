import type { FC } from "hono/jsx";
import { useEffect, useState } from "hono/jsx/dom";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import type { QuestionRule } from "../../../../shared/protocol/rules.ts";
import type { Connection, OwnQuestion, UserSession } from "../../../client/session.ts";
import { OwnName } from "../../../ui/own-name.ts";
import type { Store } from "../../../ui/store.ts";
import { useStore } from "../../../ui/use-store.ts";
import { phone as words } from "../words/en/phone.ts";
import type { AllQuestions } from "./all-questions.ts";
import { AskForm } from "./ask-form.tsx";
import type { Asking } from "./asking.ts";
import type { Moves } from "./moves.ts";
import { OwnList } from "./own-list.tsx";
import type { OwnVotes } from "./own-votes.ts";
import { QuestionList } from "./question-list.tsx";
import type { StillList } from "./still-list.ts";

export interface Heard {
  readonly rule: QuestionRule;
  readonly connection: Connection;
  /** Own ones that are on their way. */
  readonly sent: readonly OwnQuestion[];
  readonly own: readonly LiveQuestion[];
}

interface Parts {
  readonly session: UserSession;
  readonly heard: Store<Heard>;
  readonly asking: Asking;
  readonly all: AllQuestions;
  readonly still: StillList;
  readonly moves: Moves;
  readonly votes: OwnVotes;
  /** Somebody looks at it, or no longer. */
  look(isLooking: boolean): void;
  announce(text: string): void;
  /** Something was asked. */
  sent(): void;
  withdraw(question: string): Promise<void>;
}

/** What stands behind the tab: where one asks, what became of it, and what all have asked. */
export const createPanel = ({ session, heard, look, announce, sent, withdraw, asking, ...list }: Parts): FC =>
  function Panel() {
    const { rule, connection, own, sent: onTheirWay } = useStore(heard);
    // It may have been given elsewhere since the tab was open last.
    const [name] = useState(() => new OwnName(session));
    useEffect(() => {
      look(true);
      return () => look(false);
    }, []);
    return (
      <div class="questions">
        <h1 class="visually-hidden">{words.tab}</h1>
        <div class="questions-own">
          <AskForm asking={asking} rule={rule} name={name} announce={announce} onSent={sent} />
          <OwnList
            sent={onTheirWay}
            kept={own}
            isAway={connection === "connecting" || connection === "closed"}
            canSee={(id) => list.still.shown.get().questions.some((question) => question.id === id)}
            see={showEntry}
            withdraw={withdraw}
          />
        </div>
        <QuestionList {...list} isOpen={rule !== "off"} />
      </div>
    );
  };

function showEntry(question: string): void {
  const entry = document.getElementById(`question-${question}`);
  entry?.setAttribute("tabindex", "-1");
  entry?.focus();
}
