import { speakerSlots } from "../interactions/speaker-strip.ts";
import type { Store } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { common, plugin as words } from "../words/en.ts";
import type { Settings } from "./options.ts";
import { getMark } from "./overlay.tsx";
import type { View } from "./view.ts";

/** In the speaker view: how the connection is, who is there, and what they say to this slide. */
export function SpeakerStrip({ store, settings }: { store: Store<View>; settings: Settings }) {
  const view = useStore(store);
  const { role, connection, people, hold, isDriving, resultsUrl, remark, problem } = view;
  if (role === "none") return <aside class="speaker" hidden />;
  const notes = [
    resultsUrl !== undefined ? words.over : getMark(view, settings),
    role === "lead" && !isDriving && words.othersDrive,
    hold && words.holding,
    remark,
    problem,
  ];
  return (
    <aside class="speaker" part="speaker" aria-label={words.overlay}>
      <span>
        <i class={`light ${connection}`} /> {common.connection[connection]} · {common.people(people)}
      </span>
      {speakerSlots.map((Slot) => (
        <Slot view={view} />
      ))}
      {notes.map((note) => note && <strong key={note}>{note}</strong>)}
    </aside>
  );
}
