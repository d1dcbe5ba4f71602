import { useEffect, useRef } from "hono/jsx/dom";
import { Qr } from "../ui/qr.tsx";
import { common, plugin as words } from "../words/en.ts";
import type { Actions } from "./dialog.tsx";
import type { View } from "./view.ts";

/** The whole screen for those who have yet to come in: what to scan, what to type, and what it is about. */
export function Welcome({ view, actions }: { view: View; actions: Actions }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector("h2")?.focus();
  }, []);
  const { joinUrl, talk, people } = view;
  // The deck hears all other keys, and whoever goes on with the talk is shown the slide.
  const keepKey = (event: KeyboardEvent) => {
    const isButton = event.target instanceof HTMLButtonElement;
    if (event.key === "Escape" || isButton) event.stopPropagation();
  };
  return (
    <dialog
      ref={dialog}
      class="welcome"
      part="welcome"
      aria-labelledby="welcome"
      onClose={actions.endWelcome}
      onKeydown={keepKey}
    >
      <form method="dialog">
        <button type="submit" class="close" aria-label={words.dialog.close}>
          ×
        </button>
      </form>
      <h2 id="welcome" tabindex={-1}>
        {talk?.name ?? words.join}
      </h2>
      {joinUrl !== undefined && (
        <>
          <Qr url={joinUrl} />
          <p class="address">{joinUrl.replace(/^https?:\/\//, "")}</p>
        </>
      )}
      <p class="soft">
        {words.join} · {common.people(people)}
      </p>
    </dialog>
  );
}
