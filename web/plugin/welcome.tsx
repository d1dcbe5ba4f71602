import { Dialog } from "../ui/dialog.tsx";
import { JoinAddress } from "../ui/join-address.tsx";
import { Qr } from "../ui/qr.tsx";
import { common, plugin as words } from "../words/en.ts";
import type { Actions } from "./dialog.tsx";
import type { View } from "./view.ts";

/** The deck hears all other keys, and whoever goes on with the talk is shown the slide. */
function keepKey(event: KeyboardEvent): void {
  const isButton = event.target instanceof HTMLButtonElement;
  if (event.key === "Escape" || isButton) event.stopPropagation();
}

/** The whole screen for those who have yet to come in: what to scan, what to type, and what it is about. */
export const Welcome = ({ view: { joinUrl, talk, people }, actions }: { view: View; actions: Actions }) => (
  <Dialog
    class="welcome"
    part="welcome"
    title={talk?.name ?? words.join}
    close={words.dialog.close}
    topic
    onClose={actions.endWelcome}
    onKey={keepKey}
  >
    {joinUrl !== undefined && (
      <>
        <Qr url={joinUrl} />
        <p class="address">
          <JoinAddress url={joinUrl} />
        </p>
      </>
    )}
    <p class="soft">
      {words.join} · {common.people(people)}
    </p>
  </Dialog>
);
