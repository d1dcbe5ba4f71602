import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import { useStore } from "../../ui/use-store.ts";
import { locale } from "../../words/en/language.ts";
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

function WordList({ stage, live, cloud }: { stage: Stage; live: LiveActivities; cloud: LiveActivity }) {
  const { isBusy } = useStore(stage.action);
  // The room tells every host what is out, so that one of them can put back what another took out.
  const out = cloud.hidden ?? [];
  const counts = Object.entries(live.getTally(cloud)?.counts ?? {}).sort((a, b) => b[1] - a[1]);
  const hide = async (word: string, isHidden: boolean) => {
    if (!isBusy) await live.hideWord(cloud, word, isHidden);
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
              aria-label={words.takeOut(word, count.toLocaleString(locale))}
              onClick={() => hide(word, true)}
            >
              <bdi>{word}</bdi> <span class="soft">{count.toLocaleString(locale)}</span>
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
