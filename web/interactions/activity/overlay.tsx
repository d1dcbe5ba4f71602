import { getOwn } from "../../client/record.ts";
import { useStore } from "../../ui/use-store.ts";
import type { OverlaySlot } from "../slots.ts";
import { Countdown } from "./deck/countdown.tsx";
import { OverlayActivity } from "./overlay-activity.ts";
import { HiddenResult, Result } from "./result.tsx";
import { isShown } from "./visibility.ts";

/** What is asked, and its result as far as everybody may see it. */
export const activitySlot: OverlaySlot = {
  name: "activity",
  place: "plates",
  create(session) {
    const live = new OverlayActivity(session);
    return () => <Plate live={live} />;
  },
};

function Plate({ live }: { live: OverlayActivity }) {
  const { activity, tallies, ahead } = useStore(live.view);
  if (!activity) return null;
  const { id, prompt, status, round, closesAt } = activity;
  const known = getOwn(tallies, id);
  const tally = known?.round === round ? known : undefined;
  return (
    <section class="plate asked" aria-labelledby="asked">
      <div class="asked-heading">
        <h2 id="asked" dir="auto">
          {prompt}
        </h2>
        {status === "open" && closesAt !== undefined && <Countdown closesAt={closesAt} ahead={ahead} />}
      </div>
      {tally && isShown(activity) ? (
        <Result activity={activity} tally={tally} earlier={undefined} />
      ) : (
        <HiddenResult activity={activity} people={tally?.people} />
      )}
    </section>
  );
}
