import { useEffect, useMemo } from "hono/jsx/dom";
import type { LiveActivity, TextAnswer } from "../../../shared/interactions/activity/activity.ts";
import { RevintError } from "../../client/error.ts";
import { readFields } from "../../ui/service.ts";
import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import type { LiveActivities } from "./live-activities.ts";
import { TextList } from "./text-list.tsx";
import { TextPages } from "./text-pages.ts";
import { texts as words } from "./words/en/texts.ts";

/** New answers are read so soon after somebody gave one, in milliseconds. */
const READ_MS = 1500;

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
  const pages = useMemo(() => {
    const { session } = stage;
    return new TextPages(asked.id, asked.round, async (what) => {
      if (!session.info) throw new RevintError("network", "the session is not open yet");
      const { sessionUid, token, hostUid } = session.info;
      return readFields({ sessionUid, token, uid: hostUid }, what);
    });
  }, []);
  const people = live.getTally(asked)?.people ?? 0;
  useEffect(() => {
    const isFirst = pages.view.get().answers === undefined;
    const timer = setTimeout(() => void pages.load(), isFirst ? 0 : READ_MS);
    return () => clearTimeout(timer);
  }, [people]);
  const hide = async ({ number, hidden }: TextAnswer) => {
    await live.hideText(asked, number, !hidden);
    await pages.load();
  };
  return <TextList pages={pages} isBusy={isBusy} onHide={hide} />;
}
