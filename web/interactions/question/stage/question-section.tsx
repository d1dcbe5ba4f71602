import type { QuestionSort } from "../../../../shared/interactions/question/question.ts";
import type { QuestionRule } from "../../../../shared/protocol/rules.ts";
import { Disclosure } from "../../../ui/disclosure.tsx";
import { getHostRole } from "../../../ui/host-pass.ts";
import { useStore } from "../../../ui/use-store.ts";
import { locale } from "../../../words/en/language.ts";
import { Choice } from "../choice.tsx";
import { stage as words } from "../words/en/stage.ts";
import { getTab, type Tab } from "./question-desk.ts";
import { QuestionList } from "./question-list.tsx";
import type { SectionProps } from "./section-props.ts";

const RULES = ["off", "open", "moderated"] as const satisfies readonly QuestionRule[];
const TABS = ["pending", "asked", "hidden"] as const satisfies readonly Tab[];
const SORTS = ["votes", "newest"] as const satisfies readonly QuestionSort[];

/** Everything about questions in the controls: who may ask, the board, and the list to work through. */
export function QuestionSection({ stage, live, desk }: SectionProps) {
  const { questions, rule, isOnBoard } = useStore(live.view);
  const { isBusy } = useStore(stage.action);
  const { info } = stage.session;
  const canChange = info !== undefined && getHostRole(info) !== "presenter";
  const hasAny = rule !== "off" || questions.length > 0;
  return (
    <section class="question-desk" aria-labelledby="questions">
      <h3 id="questions">{words.title}</h3>
      {canChange && (
        <Choice
          label={words.rule}
          options={RULES.map((name) => ({ name, text: words.rules[name].name }))}
          chosen={rule}
          isBusy={isBusy}
          onChoose={(name) => void live.setRule(name)}
        />
      )}
      <p class="soft">{words.rules[rule].text}</p>
      {hasAny && (
        <>
          <button
            type="button"
            class={isOnBoard ? "small" : "small primary"}
            onClick={() => live.show(!isOnBoard)}
          >
            {isOnBoard ? words.putAway : words.put}
          </button>
          <Listed stage={stage} live={live} desk={desk} canChange={canChange} />
        </>
      )}
    </section>
  );
}

/** The line of what was done last, the tabs, and the list. */
function Listed({ stage, live, desk, canChange }: SectionProps & { canChange: boolean }) {
  const { questions, done } = useStore(live.view);
  const { tab, sort, changes } = useStore(desk.view);
  const count = (name: Tab) => questions.filter((question) => getTab(question) === name).length;
  const last = done.at(-1);
  return (
    <div class="question-listed">
      <Choice
        label={words.list}
        options={TABS.map((name) => ({
          name,
          text: `${words.tabs[name]} ${count(name).toLocaleString(locale)}`,
        }))}
        chosen={tab}
        onChoose={(name) => desk.open(name)}
      />
      {tab === "asked" && (
        <Choice
          label={words.sort}
          options={SORTS.map((name) => ({ name, text: words.sorts[name] }))}
          chosen={sort}
          onChoose={(name) => desk.sortBy(name)}
        />
      )}
      <div class="question-bar">
        <button
          type="button"
          class="small"
          aria-disabled={changes === 0 ? "true" : "false"}
          onClick={() => desk.refresh()}
        >
          {changes === 0 ? words.upToDate : words.changes(changes)}
        </button>
        <p class="soft" role="status">
          <bdi>{last?.text}</bdi>
        </p>
        {canChange && (
          <button
            type="button"
            class="small"
            aria-keyshortcuts="U"
            aria-disabled={last ? "false" : "true"}
            onClick={() => void desk.undo()}
          >
            {words.undo}
          </button>
        )}
      </div>
      <QuestionList stage={stage} live={live} desk={desk} canChange={canChange} />
      {canChange && <Keys />}
    </div>
  );
}

const Keys = () => (
  <Disclosure class="question-keys" summary={words.keys.title}>
    {() => (
      <>
        <p class="soft">{words.keys.text}</p>
        <dl>
          {words.keys.list.map(([keys, does]) => (
            <div key={keys}>
              <dt>
                {keys.split(" ").map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </>
    )}
  </Disclosure>
);
