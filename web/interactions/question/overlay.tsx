import type { LiveQuestion } from "../../../shared/interactions/question/question.ts";
import { createStore, type Store } from "../../ui/store.ts";
import { useStore } from "../../ui/use-store.ts";
import type { OverlaySlot } from "../slots.ts";
import { Board, isForRoom } from "./board.tsx";
import { board as words } from "./words/en/board.ts";

/** The question that the host has put before everybody. */
export const pinnedSlot: OverlaySlot = {
  name: "question",
  place: "plates",
  create(session) {
    const findPinned = () => session.questions.find((question) => question.pinned && isForRoom(question));
    const view = createStore<PinnedView>({ pinned: findPinned() });
    session.on("questions", () => view.set({ pinned: findPinned() }));
    return () => <Plate view={view} />;
  },
};

interface PinnedView {
  readonly pinned: LiveQuestion | undefined;
}

function Plate({ view }: { view: Store<PinnedView> }) {
  const { pinned } = useStore(view);
  if (!pinned) return null;
  return (
    <section class="plate" aria-label={words.pinned}>
      <Board questions={[pinned]} />
    </section>
  );
}
