import { useEffect, useRef } from "hono/jsx/dom";
import { readField } from "../ui/field.ts";
import { common, plugin as words } from "../words/en.ts";
import type { Settings } from "./options.ts";
import type { View } from "./view.ts";

/** What the dialog's buttons and the keys do. */
export interface Actions {
  lead(token: string): void;
  stopLeading(): void;
  toggleOverlay(): void;
  /** A leader holds everyone together or lets go; a follower comes back. */
  together(): void;
  openStage(): void;
  closeDialog(): void;
}

interface Props {
  readonly view: View;
  readonly settings: Settings;
  readonly actions: Actions;
}

/** The speaker's side of the plugin: paste the token, see that it works, switch things. */
export function Dialog({ view, settings, actions }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  // The form that had the focus is gone once the deck leads.
  const isLeading = view.role === "lead";
  useEffect(() => {
    if (isLeading && dialog.current?.open) dialog.current.querySelector("h2")?.focus();
  }, [isLeading]);
  const keepKey = (event: Event) => dialog.current?.open && event.stopPropagation();
  const titles = { none: words.dialog.title, lead: words.dialog.leading, follow: words.dialog.following };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="title"
      onClose={actions.closeDialog}
      // The deck listens for keys too, and would turn pages while somebody types.
      onKeydown={keepKey}
      onKeypress={keepKey}
    >
      <form method="dialog">
        <h2 id="title" tabindex={-1}>
          {titles[view.role]}
        </h2>
        <button type="submit" class="close" aria-label={words.dialog.close}>
          ×
        </button>
      </form>
      <p class="problem" role="alert">
        {view.problem}
      </p>
      {isLeading ? (
        <Leading view={view} settings={settings} actions={actions} />
      ) : (
        <Ask view={view} actions={actions} />
      )}
    </dialog>
  );
}

function Ask({ view, actions }: { view: View; actions: Actions }) {
  const submit = (event: Event) => {
    event.preventDefault();
    const token = readField(event, "token");
    if (token !== "") actions.lead(token);
  };
  return (
    <form onSubmit={submit}>
      <p>{words.dialog.text}</p>
      <label>
        {words.dialog.token}
        <input name="token" type="password" autocomplete="off" autofocus spellcheck={false} />
      </label>
      <button type="submit" class="primary">
        {view.role === "none" && view.connection === "connecting"
          ? common.connection.connecting
          : words.dialog.lead}
      </button>
    </form>
  );
}

function Leading({ view, settings, actions }: Props) {
  return (
    <>
      <p>
        {common.connection[view.connection]} · {common.people(view.people)}
      </p>
      {view.joinUrl !== undefined && (
        <p>
          {words.dialog.join}
          <br />
          <a href={view.joinUrl} target="_blank" rel="noopener">
            {view.joinUrl}
          </a>
        </p>
      )}
      <div class="switches">
        <Switch isOn={view.isShown} letter={settings.keys.overlay} onToggle={actions.toggleOverlay}>
          {words.dialog.overlay}
        </Switch>
        <Switch isOn={view.hold} letter={settings.keys.together} onToggle={actions.together}>
          {words.dialog.together}
        </Switch>
      </div>
      <div class="buttons">
        <button type="button" onClick={actions.openStage}>
          {words.dialog.stage}
        </button>
        <button type="button" onClick={actions.stopLeading}>
          {words.dialog.stop}
        </button>
      </div>
    </>
  );
}

interface SwitchProps {
  readonly isOn: boolean;
  readonly letter: string | undefined;
  readonly onToggle: () => void;
  readonly children?: unknown;
}

const Switch = ({ isOn, letter, onToggle, children }: SwitchProps) => (
  <button type="button" role="switch" aria-checked={isOn ? "true" : "false"} onClick={onToggle}>
    <span>{children}</span>
    {letter !== undefined && (
      <kbd>
        <span class="hidden">{words.dialog.key("")}</span>
        {letter}
      </kbd>
    )}
  </button>
);
