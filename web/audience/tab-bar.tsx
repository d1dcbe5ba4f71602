import { useRef } from "hono/jsx/dom";
import type { PhoneTab } from "../interactions/slots.ts";
import { formatCount } from "../ui/count.ts";
import { audience as words } from "../words/en.ts";

interface Props {
  readonly tab: PhoneTab;
  readonly isOpen: boolean;
  /** Something has come to the top of what the phone shows otherwise. */
  readonly isMissed: boolean;
  readonly open: (isOpen: boolean) => void;
}

/** The way to what stands beside all that the phone shows otherwise, and back. */
export function TabBar({ tab: { name, news }, isOpen, isMissed, open }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent) => {
    const { key } = event;
    if (!/^(Arrow(Left|Right)|Home|End)$/.test(key)) return;
    event.preventDefault();
    const isNext = key === "End" || (key !== "Home" && !isOpen);
    open(isNext);
    bar.current?.querySelectorAll("button")[Number(isNext)]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={words.tabs.label} ref={bar} onKeydown={press}>
      <Tab panel="live" isSelected={!isOpen} select={() => open(false)}>
        {words.tabs.live}
        {isMissed && <Mark text="" spoken={words.tabs.missed} />}
      </Tab>
      <Tab panel="beside" isSelected={isOpen} select={() => open(true)}>
        {name}
        {news > 0 && <Mark text={formatCount(news)} spoken={words.tabs.news} />}
      </Tab>
    </div>
  );
}

interface TabProps {
  readonly panel: string;
  readonly isSelected: boolean;
  readonly select: () => void;
  readonly children?: unknown;
}

const Tab = ({ panel, isSelected, select, children }: TabProps) => (
  <button
    type="button"
    role="tab"
    id={`tab-${panel}`}
    aria-controls={panel}
    aria-selected={isSelected ? "true" : "false"}
    tabindex={isSelected ? 0 : -1}
    onClick={select}
  >
    {children}
  </button>
);

const Mark = ({ text, spoken }: { text: string; spoken: string }) => (
  <span class="mark">
    {text}
    <span class="visually-hidden">{spoken}</span>
  </span>
);
