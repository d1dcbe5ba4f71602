import { Dialog } from "../ui/dialog.tsx";
import { Problem } from "../ui/problem.tsx";
import { useStore } from "../ui/use-store.ts";
import { flows as sentences, automations as words } from "../words/en.ts";
import { FlowItems } from "./flow-items.tsx";
import type { FlowList, Screen } from "./flow-list.ts";
import { JsonForm } from "./json-form.tsx";
import { RecipeForm } from "./recipe-form.tsx";
import { RecipeList } from "./recipe-list.tsx";
import { RunHistory } from "./run-history.tsx";
import { Secrets } from "./secrets.tsx";

interface Props {
  readonly flows: FlowList;
  readonly onClose: () => void;
  /** What a page says of them above the list, in place of what they are. */
  readonly children?: unknown;
}

/** The flows of a session or of a talk: the list of them, and one thing in front of it. */
export function FlowsDialog({ flows, onClose, children }: Props) {
  const { screen, isBusy, problem, notice } = useStore(flows.view);
  const isList = screen.is === "list";
  const close = () => {
    flows.close();
    onClose();
  };
  return (
    <Dialog
      class="flows"
      title={nameScreen(screen)}
      topic={screen}
      close={words.close}
      isBusy={isBusy}
      onClose={close}
    >
      {!isList && screen.is !== "secrets" && (
        <button type="button" class="small back" onClick={() => isBusy || flows.showList()}>
          {words.back}
        </button>
      )}
      {isList && (children ?? <p class="soft">{flows.canChange ? words.text : words.readOnly}</p>)}
      <Problem>{problem}</Problem>
      <p class="soft told" role="status">
        {notice}
      </p>
      {isList && <List flows={flows} />}
      {screen.is === "recipe" && <RecipeForm key={screen.id} flows={flows} screen={screen} />}
      {screen.is === "json" && <JsonForm flows={flows} flow={screen.flow} />}
      {screen.is === "runs" && <RunHistory flows={flows} flow={screen.flow} runs={screen.runs} />}
      {screen.is === "secrets" && <Secrets flows={flows} saved={screen.saved} />}
    </Dialog>
  );
}

function List({ flows }: Pick<Props, "flows">) {
  const { flows: list, isBusy } = useStore(flows.view);
  if (list === undefined) {
    if (isBusy) return <p aria-busy="true">{words.reading}</p>;
    return (
      <button type="button" class="small" onClick={() => flows.read()}>
        {words.readAgain}
      </button>
    );
  }
  return (
    <>
      <FlowItems flows={flows} list={list} />
      {flows.canChange && <RecipeList flows={flows} list={list} />}
    </>
  );
}

function nameScreen(screen: Screen): string {
  if (screen.is === "recipe") return sentences.recipes[screen.recipe].name;
  if (screen.is === "json") return screen.flow ? words.json.change : words.json.title;
  if (screen.is === "runs") return screen.flow.name;
  return screen.is === "secrets" ? words.secrets.title : words.title;
}
