import { useState } from "hono/jsx/dom";
import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import { type Fields, isTexts } from "../../client/fields.ts";
import { tabStorage } from "../../ui/tab-storage.ts";
import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import type { LiveActivities } from "./live-activities.ts";
import { stage } from "./words/en/stage.ts";

const words = stage.hidden;

/** The words of the cloud that was opened last: one is taken out, and put back. */
export function WordModeration({ stage, live }: { stage: Stage; live: LiveActivities }) {
  useStore(live.view);
  const cloud = live.findLatest("words");
  if (!cloud) return null;
  return (
    <section aria-labelledby="words">
      <h3 id="words">{words.title}</h3>
      <p class="soft" dir="auto">
        {cloud.prompt}
      </p>
      <WordList key={`${cloud.id} ${cloud.round}`} stage={stage} live={live} cloud={cloud} />
    </section>
  );
}

/** What was taken out, as hosts are told; `undefined`: this service does not tell it. */
const readTold = (activity: LiveActivity): readonly string[] | undefined => {
  const { hidden }: Fields = { ...activity };
  return isTexts(hidden) ? hidden : undefined;
};

/** Where the service does not tell it, only this tab knows what it can put back. */
function readKept(key: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(tabStorage.get(key) ?? "[]");
    return isTexts(kept) ? kept : [];
  } catch {
    return [];
  }
}

function WordList({ stage, live, cloud }: { stage: Stage; live: LiveActivities; cloud: LiveActivity }) {
  const { isBusy } = useStore(stage.action);
  const key = `revint:words-out:${stage.session.info?.sessionUid}:${cloud.id}`;
  const [kept, setKept] = useState<readonly string[]>(() => readKept(key));
  const out = readTold(cloud) ?? kept;
  const counts = Object.entries(live.getTally(cloud)?.counts ?? {}).sort((a, b) => b[1] - a[1]);
  const hide = async (word: string, isHidden: boolean) => {
    if (isBusy) return;
    await live.hideWord(cloud, word, isHidden);
    if (stage.action.get().problem !== undefined) return;
    const others = readKept(key).filter((one) => one !== word);
    const next = isHidden ? [...others, word] : others;
    tabStorage.set(key, JSON.stringify(next));
    setKept(next);
  };
  return (
    <>
      {counts.length === 0 && out.length === 0 && <p class="soft">{words.none}</p>}
      {counts.length > 0 && <p class="soft">{words.text}</p>}
      <ul class="word-list" aria-labelledby="words">
        {counts.map(([word, count]) => (
          <li key={word}>
            <button
              type="button"
              class="small"
              disabled={isBusy}
              aria-label={words.takeOut(word, count.toLocaleString("en"))}
              onClick={() => hide(word, true)}
            >
              <bdi>{word}</bdi> <span class="soft">{count.toLocaleString("en")}</span>
            </button>
          </li>
        ))}
      </ul>
      {out.length > 0 && (
        <>
          <h4 id="words-out">{words.out}</h4>
          <ul class="word-list out" aria-labelledby="words-out">
            {out.map((word) => (
              <li key={word}>
                <button
                  type="button"
                  class="small"
                  disabled={isBusy}
                  aria-label={words.putBack(word)}
                  onClick={() => hide(word, false)}
                >
                  <bdi>{word}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
