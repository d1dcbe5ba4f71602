import { useLayoutEffect, useMemo, useRef } from "hono/jsx/dom";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { useStore } from "../../../ui/use-store.ts";
import { stage as words } from "../words/en/stage.ts";
import { AnswerDialog } from "./answer-dialog.tsx";
import { BlockDialog } from "./block-dialog.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { getTab, type Tab } from "./question-desk.ts";
import { QuestionRow } from "./question-row.tsx";
import type { SectionProps } from "./section-props.ts";
import { listSteps, type StepDialog } from "./step.ts";

interface Props extends SectionProps {
  readonly canChange: boolean;
}

/** The questions of a tab. While somebody reads in it, points at it or has the focus there, nothing moves by itself. */
export function QuestionList({ stage, live, desk, canChange }: Props) {
  const { questions } = useStore(live.view);
  const { tab, ids, current, unfolded, turn, begun } = useStore(desk.view);
  const list = useRef<HTMLUListElement>(null);
  const hands = useMemo(() => new Hands((isHeld) => desk.hold(isHeld)), []);
  const byId = new Map(questions.map((question) => [question.id, question]));

  useLayoutEffect(() => {
    // Whoever has worked off the last one is still here, and may take that back.
    const row = list.current?.querySelector<HTMLElement>(`[tabindex="0"]`) ?? list.current;
    if (turn > 0) row?.focus();
  }, [turn]);
  useLayoutEffect(() => {
    if (list.current) list.current.scrollTop = 0;
  }, [begun]);

  const open = (name: StepDialog, question: LiveQuestion) => {
    const Asked = DIALOGS[name];
    stage.ask(() => <Asked stage={stage} live={live} desk={desk} question={question} />);
  };
  /** @returns whether the key means something here */
  const press = (id: string, key: string): boolean => {
    const question = byId.get(id);
    if (key === "Enter") desk.unfold(id);
    const step = canChange && question && listSteps(question).find((one) => one.key === key);
    if (!step) return key === "Enter";
    if (typeof step.does === "string") open(step.does, question);
    else {
      void desk.change(id, step.does);
      desk.focus();
    }
    return true;
  };
  const onClick = ({ target, detail }: MouseEvent) => {
    const key = target instanceof Element && target.closest<HTMLElement>("button")?.dataset.key;
    const id = getId(target);
    // The second press of a double click was meant for what has just gone from there.
    if (key && id !== undefined && detail <= 1) press(id, key);
  };
  /** @returns whether it was one of ours */
  const pressKey = ({ key, target, repeat }: KeyboardEvent): boolean => {
    const to = MOVES[key]?.(desk.place, ids.length);
    if (to !== undefined) {
      desk.goTo(to);
      return true;
    }
    const id = getId(target);
    const name = key.length === 1 ? key.toLowerCase() : key;
    // Held down, a key does one thing.
    if (repeat) return false;
    if (name === "u" && canChange) {
      void desk.undo().then(() => desk.focus());
      return true;
    }
    // A button has an Enter of its own.
    if (id === undefined || (name === "Enter" && !(target instanceof HTMLLIElement))) return false;
    return press(id, name);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressKey(event)) event.preventDefault();
  };
  return (
    <div>
      {ids.length === 0 && <p class="soft">{words.nothing[tab]}</p>}
      <ul
        ref={list}
        class="question-list"
        tabindex={-1}
        aria-label={words.tabs[tab]}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onFocusin={({ target }: FocusEvent) => {
          hands.set("focus", true);
          desk.select(getId(target));
        }}
        onFocusout={({ relatedTarget }: FocusEvent) =>
          hands.set("focus", relatedTarget instanceof Node && list.current?.contains(relatedTarget) === true)
        }
        onPointerenter={() => hands.set("pointer", true)}
        onPointerleave={() => hands.set("pointer", false)}
        onScroll={() => hands.set("scroll", (list.current?.scrollTop ?? 0) > 0)}
      >
        {ids.map((id) => {
          const question = byId.get(id);
          return (
            question && (
              <QuestionRow
                key={id}
                question={question}
                note={describe(question, tab, byId)}
                isCurrent={id === current}
                isUnfolded={id === unfolded}
                canChange={canChange}
              />
            )
          );
        })}
      </ul>
    </div>
  );
}

const DIALOGS = { answer: AnswerDialog, merge: MergeDialog, block: BlockDialog } as const;

/** Where keys lead, from a place in a list of so many. */
const MOVES: Readonly<Record<string, (place: number, length: number) => number>> = {
  ArrowDown: (place) => place + 1,
  ArrowUp: (place) => place - 1,
  Home: () => 0,
  End: (_, length) => length - 1,
};

/** What the tab does not say: it may have become another one's while nothing moves. */
function describe(
  question: LiveQuestion,
  tab: Tab,
  byId: ReadonlyMap<string, LiveQuestion>,
): string | undefined {
  const { status, mergedInto } = question;
  if (mergedInto !== undefined) {
    const target = byId.get(mergedInto);
    return target ? words.merged(target.text) : words.mergedAway;
  }
  return status === "answered" || getTab(question) !== tab ? words.status[status] : undefined;
}

const getId = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>("li[data-id]")?.dataset.id : undefined;

type Hand = "focus" | "pointer" | "scroll";

/** What holds the list: it is let go once nothing does. */
class Hands {
  readonly #on = new Set<Hand>();
  readonly #hold: (isHeld: boolean) => void;

  constructor(hold: (isHeld: boolean) => void) {
    this.#hold = hold;
  }

  set(hand: Hand, isOn: boolean): void {
    if (this.#on.has(hand) === isOn) return;
    if (isOn) this.#on.add(hand);
    else this.#on.delete(hand);
    this.#hold(this.#on.size > 0);
  }
}
