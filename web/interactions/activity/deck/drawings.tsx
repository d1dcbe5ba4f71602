import { render } from "hono/jsx/dom";
import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { Tally } from "../../../../shared/interactions/activity/tally.ts";
import { getOwn } from "../../../client/record.ts";
import type { Store } from "../../../ui/store.ts";
import { useStore } from "../../../ui/use-store.ts";
import { DeckPlaces } from "../../deck-places.ts";
import type { DeckExtras, DeckStage } from "../../slots.ts";
import { Ranking } from "../ranking.tsx";
import { HiddenResult, Result } from "../result.tsx";
import { isShown } from "../visibility.ts";
import { Countdown } from "./countdown.tsx";
import css from "./deck.css" with { type: "text" };

/** An element of a slide, and the activity that it is, or else the ranking. */
export interface Place {
  readonly element: HTMLElement;
  readonly id: string | undefined;
}

/** What an activity comes to, as far as everyone may see it. */
interface Known {
  readonly activity: LiveActivity;
  readonly tally: Tally | undefined;
  readonly earlier: Tally | undefined;
}

/**
 * Draws activities where they stand in the slides. Nobody has been asked yet: then it is what its author has written.
 * While counts are hidden, how many have answered stands below that; and the result takes its place, as does the ranking
 * once there is one.
 */
export class Drawings {
  readonly #store: Store<DeckExtras>;
  readonly #places: DeckPlaces;
  #stops: readonly (() => void)[] = [];

  constructor(stage: DeckStage) {
    this.#store = stage.store;
    this.#places = new DeckPlaces(stage, css);
  }

  /** Draws into these, and into no other ones any more. */
  fill(places: readonly Place[]): void {
    for (const stop of this.#stops) stop();
    const hosts = this.#places.fill(
      places.map(({ element }) => element),
      (root, index) => this.#draw(root, places[index]?.id),
    );
    this.#stops = places.flatMap(({ element, id }, index) =>
      hosts[index] === element ? [] : [this.#replace(element, id)],
    );
  }

  #draw(root: ShadowRoot, id: string | undefined): void {
    const store = this.#store;
    render(id === undefined ? <RankingDrawing store={store} /> : <Drawing store={store} id={id} />, root);
  }

  /** Where a drawing stands behind its element, that one goes once the result is there. @returns what ends that */
  #replace(element: HTMLElement, id: string | undefined): () => void {
    const replace = () => {
      // A theme that says how lists are displayed says so for hidden ones, too.
      element.style.display = isReplaced(this.#store.get(), id) ? "none" : "";
    };
    replace();
    return this.#store.watch(replace);
  }
}

function Drawing({ store, id }: { store: Store<DeckExtras>; id: string }) {
  const view = useStore(store);
  const known = findKnown(view, id);
  const own = <slot />;
  if (!known) return own;
  const { activity, tally, earlier } = known;
  const { status, closesAt } = activity;
  return (
    <div class="drawn" part="activity">
      {isDrawn(known) && tally ? (
        <Result activity={activity} tally={tally} earlier={earlier} />
      ) : (
        <>
          {own}
          <HiddenResult activity={activity} people={tally?.people} isAsked />
        </>
      )}
      {status === "open" && closesAt !== undefined && <Countdown closesAt={closesAt} ahead={view.ahead} />}
    </div>
  );
}

/** A fallback of its author's stands there until something was revealed. */
function RankingDrawing({ store }: { store: Store<DeckExtras> }) {
  const { ranking } = useStore(store);
  return ranking ? (
    <div class="drawn" part="ranking">
      <Ranking ranking={ranking} />
    </div>
  ) : (
    <slot />
  );
}

const isReplaced = (view: DeckExtras, id: string | undefined): boolean =>
  id === undefined ? view.ranking !== undefined : isDrawn(findKnown(view, id));

/** What has been asked, if it has: as heard, or else as told. */
function findKnown({ activities, tallies, earlier, told }: DeckExtras, id: string): Known | undefined {
  const isIt = (activity: LiveActivity) => activity.id === id;
  const past = told.find(isIt);
  const activity = activities.find(isIt) ?? past;
  if (!activity || activity.status === "draft") return undefined;
  const { round } = activity;
  return {
    activity,
    tally: [getOwn(tallies, id), past?.tally].find((tally) => tally?.round === round),
    earlier: [getOwn(earlier, id), past?.rounds.at(-1)].find((tally) => tally && tally.round < round),
  };
}

const isDrawn = (known: Known | undefined): boolean => known?.tally !== undefined && isShown(known.activity);
