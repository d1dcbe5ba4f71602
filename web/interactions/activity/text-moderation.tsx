import type { LiveActivity, TextAnswer } from "../../../shared/interactions/activity/activity.ts";
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

/** What people write to the open question that was asked last: read, taken out, and put back. */
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
  const pages = useTexts(live, asked);
  const hide = async ({ number, hidden }: TextAnswer) => {
    await live.hideText(asked, number, !hidden);
    await pages.load();
  };
  return <TextList pages={pages} isBusy={isBusy} onHide={hide} />;
}
