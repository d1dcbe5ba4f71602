import type { LiveActivity, TextAnswer } from "../../../shared/interactions/activity/activity.ts";
import { Ask } from "../../ui/ask.tsx";
import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import type { LiveActivities } from "./live-activities.ts";
import { TextList } from "./text-list.tsx";
import { useTexts } from "./use-texts.ts";
import { texts as words } from "./words/en/texts.ts";

interface Props {
  readonly stage: Stage;
  readonly live: LiveActivities;
}

/** What people write to the open question that was asked last: read, taken out with or without its author, and put back. */
export function TextModeration({ stage, live }: Props) {
  useStore(live.view);
  const asked = live.findLatest("text");
  if (!asked) return null;
  return (
    <section aria-labelledby="texts">
      <h3 id="texts">{words.title}</h3>
      <p class="soft" dir="auto">
        {asked.prompt}
      </p>
      <Texts key={`${asked.id} ${asked.openedAt}`} stage={stage} live={live} asked={asked} />
    </section>
  );
}

function Texts({ stage, live, asked }: Props & { asked: LiveActivity }) {
  const { isBusy } = useStore(stage.action);
  const last = useStore(live.view).blocked.at(-1);
  const pages = useTexts(live, asked);
  const act = async (doing: Promise<void>) => {
    await doing;
    await pages.load();
  };
  const block = (text: TextAnswer) =>
    stage.ask(() => (
      <BlockDialog stage={stage} text={text} onConfirm={() => act(live.blockAuthor(asked, text))} />
    ));
  return (
    <>
      <div class="text-undo">
        <p class="soft" role="status">
          {last && <bdi>{words.blocked(last.text.value)}</bdi>}
        </p>
        {last && (
          <button
            type="button"
            class="small"
            disabled={isBusy}
            aria-label={words.of(words.undo, words.blocked(last.text.value))}
            onClick={() => act(live.unblockAuthor())}
          >
            {words.undo}
          </button>
        )}
      </div>
      <TextList
        pages={pages}
        isBusy={isBusy}
        onHide={(text) => act(live.hideText(asked, text))}
        onBlock={block}
      />
    </>
  );
}

interface BlockProps {
  readonly stage: Stage;
  readonly text: TextAnswer;
  readonly onConfirm: () => unknown;
}

/** Whoever wrote it is blocked, unnamed as they are. */
const BlockDialog = ({ stage: { action, ask }, text, onConfirm }: BlockProps) => (
  <Ask {...words.askBlock} {...useStore(action)} onConfirm={onConfirm} onClose={() => ask(undefined)}>
    <p class="text-quoted" dir="auto">
      {text.value}
    </p>
  </Ask>
);
