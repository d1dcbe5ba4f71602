import { useRef } from "hono/jsx/dom";
import type { Flow } from "../../shared/protocol/flow.ts";
import { Disclosure } from "../ui/disclosure.tsx";
import { PressTwice } from "../ui/press-twice.tsx";
import { useStore } from "../ui/use-store.ts";
import { whileBusy } from "../ui/while-busy.ts";
import { flows as sentences, automations as words } from "../words/en.ts";
import type { FlowList } from "./flow-list.ts";
import { hasSecret } from "./flow-list.ts";
import { nameWhen } from "./name-when.ts";

interface Props {
  readonly flows: FlowList;
  readonly list: readonly Flow[];
}

/** Each flow as its sentence, and how it stands. */
export function FlowItems({ flows, list }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <div class="flow-list">
      <h3 ref={heading} id="flow-list" tabindex={-1}>
        {words.list}
      </h3>
      {list.length === 0 && <p class="soft">{words.none}</p>}
      <ul aria-labelledby="flow-list">
        {list.map((flow) => (
          // The button that had the focus is gone with it.
          <Item key={flow.id} flows={flows} flow={flow} onGone={() => heading.current?.focus()} />
        ))}
      </ul>
    </div>
  );
}

interface ItemProps {
  readonly flows: FlowList;
  readonly flow: Flow;
  readonly onGone: () => void;
}

function Item({ flows, flow, onGone }: ItemProps) {
  const { name, enabled, failures, offBecause, lastRun } = flow;
  const facts = [
    lastRun === undefined ? words.neverRun : words.lastRun(nameWhen(lastRun)),
    ...(failures > 0 ? [words.failures(failures)] : []),
  ];
  return (
    <li class={enabled ? "flow" : "flow off"}>
      <div class="flow-head">
        <h4 dir="auto">{name}</h4>
        <Switch flows={flows} flow={flow} />
      </div>
      <p dir="auto">{sentences.describe(flow, (id) => flows.nameActivity(id))}</p>
      {flows.isLive && <p class="soft">{facts.join(" · ")}</p>}
      {offBecause !== undefined && <p class="warn">{words.switchedOff(offBecause)}</p>}
      {flows.canChange && <Buttons flows={flows} flow={flow} onGone={onGone} />}
    </li>
  );
}

/** Whoever may not change it reads how it stands. */
function Switch({ flows, flow }: Omit<ItemProps, "onGone">) {
  const { isBusy } = useStore(flows.view);
  const text = flow.enabled ? words.on : words.off;
  if (!flows.canChange) return <span class="soft">{text}</span>;
  return (
    <button
      type="button"
      class="small switch"
      role="switch"
      aria-checked={flow.enabled ? "true" : "false"}
      aria-label={flow.name}
      onClick={() => flows.toggle(flow)}
      {...whileBusy(isBusy)}
    >
      {text}
    </button>
  );
}

function Buttons({ flows, flow, onGone }: ItemProps) {
  const { isBusy } = useStore(flows.view);
  const nameOf = (what: string) => words.nameOf(what, flow.name);
  const button = (what: string, does: () => unknown) => (
    <button
      type="button"
      class="small"
      aria-label={nameOf(what)}
      onClick={() => void (isBusy || does())}
      {...whileBusy(isBusy)}
    >
      {what}
    </button>
  );
  const remove = async () => {
    if (await flows.remove(flow)) onGone();
  };
  return (
    <>
      <div class="buttons">
        {flows.hasRuns && button(words.runs, () => flows.showRuns(flow))}
        {button(words.change, () => flows.change(flow))}
      </div>
      <Disclosure summary={words.more}>
        {() => (
          <div class="buttons">
            {button(words.export, () => flows.export([flow], flow.id))}
            {hasSecret(flow) && (
              <PressTwice
                text={words.renew}
                question={words.reallyRenew}
                label={nameOf(words.renew)}
                questionLabel={nameOf(words.reallyRenew)}
                isBusy={isBusy}
                onPress={() => flows.renew(flow)}
              />
            )}
            <PressTwice
              text={words.remove}
              question={words.reallyRemove}
              label={nameOf(words.remove)}
              questionLabel={nameOf(words.reallyRemove)}
              isBusy={isBusy}
              onPress={remove}
            />
          </div>
        )}
      </Disclosure>
    </>
  );
}
