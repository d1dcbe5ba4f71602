import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import { order as kind } from "../../../../../shared/interactions/activity/kinds/order/order.ts";
import type { AnswerValue } from "../../../../../shared/interactions/activity/tally.ts";
import { type Asked, type KindForm, readTexts } from "../form.ts";
import type { ActivityOf } from "../result.ts";
import { LineDrag } from "./line-drag.ts";
import { orderResult } from "./result.tsx";
import { words } from "./words/en/form.ts";

type Order = ActivityOf<"order">;

/** A list with a button up and one down for each line, for a thumb and a keyboard alike; and a grip to drag it by. */
export const orderForm: KindForm<Order> = {
  Form({ activity, answer, draft, keepDraft, send, announce }: Asked<Order>) {
    const [changed, setChanged] = useState<AnswerValue | undefined>(draft);
    // Everybody begins with another order: the first one must not win because it stood there.
    const [shuffled] = useState(() => shuffle(activity.options.map(({ id }) => id)));
    const own = [changed, answer].find((value) => value !== undefined && kind.accept(activity, value));
    const order = own === undefined ? shuffled : readTexts(own);
    const list = useRef<HTMLOListElement>(null);
    const moved = useRef<string | undefined>(undefined);
    useLayoutEffect(() => {
      // A line that is moved loses the focus.
      if (moved.current !== undefined) {
        list.current?.querySelector<HTMLElement>(`[data-move="${moved.current}"]`)?.focus();
      }
      moved.current = undefined;
    });
    const place = (id: string, at: number) => {
      const next = order.filter((other) => other !== id);
      next.splice(at, 0, id);
      setChanged(next);
      keepDraft(next);
    };
    const tell = (id: string, at: number) =>
      announce(words.moved(getText(activity, id), at + 1, order.length));
    const move = (id: string, by: -1 | 1) => {
      const at = order.indexOf(id) + by;
      if (at < 0 || at >= order.length) return;
      moved.current = `${id} ${by}`;
      place(id, at);
      tell(id, at);
    };
    const [drag] = useState(() => new LineDrag());
    const dragging = {
      getPlace: (id: string) => order.indexOf(id),
      move: place,
      drop: (id: string) => tell(id, order.indexOf(id)),
    };
    const isSent = Array.isArray(answer) && answer.every((id, at) => order[at] === id);
    return (
      <div class="order-form">
        <p class="question-hint">
          {words.hint} {!activity.change && words.final}
        </p>
        <ol
          class="order-list"
          dir="auto"
          ref={list}
          aria-label={words.list}
          onPointerdown={(event: PointerEvent) => list.current && drag.start(list.current, event)}
          onPointermove={(event: PointerEvent) => list.current && drag.follow(list.current, event, dragging)}
          onPointerup={() => drag.end(dragging)}
          onPointercancel={() => drag.end(dragging)}
        >
          {order.map((id, at) => {
            const text = getText(activity, id);
            return (
              <li key={id} class="order-line" data-id={id}>
                <span class="order-grip" aria-hidden="true">
                  {at + 1}
                  <svg viewBox="0 0 8 16" aria-hidden="true">
                    <path d="M2 3h0M6 3h0M2 8h0M6 8h0M2 13h0M6 13h0" />
                  </svg>
                </span>
                <span class="order-text">{text}</span>
                <Mover id={id} by={-1} label={words.up(text)} isEnd={at === 0} move={move} />
                <Mover id={id} by={1} label={words.down(text)} isEnd={at === order.length - 1} move={move} />
              </li>
            );
          })}
        </ol>
        <button type="button" class="primary" disabled={isSent} onClick={() => send(order)}>
          {words.send}
        </button>
      </div>
    );
  },
  describe: (activity, value) =>
    readTexts(value)
      .map((id, at) => `${at + 1}. ${getText(activity, id)}`)
      .join(", "),
  Drawing: orderResult.Drawing,
};

interface MoverProps {
  readonly id: string;
  readonly by: -1 | 1;
  readonly label: string;
  readonly isEnd: boolean;
  readonly move: (id: string, by: -1 | 1) => void;
}

/** It keeps the focus where there is no further to go: so it is never really disabled. */
const Mover = ({ id, by, label, isEnd, move }: MoverProps) => (
  <button
    type="button"
    class="order-move"
    data-move={`${id} ${by}`}
    aria-label={label}
    aria-disabled={isEnd ? "true" : "false"}
    onClick={() => move(id, by)}
  >
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d={by < 0 ? "M3 10.5 8 5.5l5 5" : "M3 5.5l5 5 5-5"} />
    </svg>
  </button>
);

const getText = ({ options }: Order, id: string): string =>
  options.find((option) => option.id === id)?.text ?? "";

function shuffle(ids: readonly string[]): readonly string[] {
  const left = [...ids];
  return ids.flatMap(() => left.splice(Math.floor(Math.random() * left.length), 1));
}
