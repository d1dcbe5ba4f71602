import { useEffect, useRef } from "hono/jsx/dom";
import { readField } from "../ui/field.ts";
import { common, plugin as words } from "../words/en.ts";
import type { Settings } from "./options.ts";
import type { View } from "./view.ts";

/** What the dialog's buttons and the keys do. */
export interface Actions {
  /** With a host token or an invitation link. */
  lead(pass: string): void;
  /** With the one that this tab has kept, although its session is gone. */
  leadAnew(): void;
  stopLeading(): void;
  toggleOverlay(): void;
  /** The join code fills the screen, or no longer. */
  welcome(): void;
  endWelcome(): void;
  /** A leader takes over, or holds everyone together or lets go; a follower comes back. */
  together(): void;
  takeOver(): void;
  openPage(path: "/stage" | "/results"): void;
  closeDialog(): void;
}

interface Props {
  readonly view: View;
  readonly settings: Settings;
  readonly actions: Actions;
}

interface FrameProps {
  readonly title: string;
  readonly onClose: () => void;
  /** While this changes, whoever reads begins at the title again: what had the focus may be gone. */
  readonly topic?: unknown;
  readonly children?: unknown;
}

/** A dialog with a title and a way out. */
export function Frame({ title, onClose, topic, children }: FrameProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    if (topic && dialog.current?.open) dialog.current.querySelector("h2")?.focus();
  }, [topic]);
  const keepKey = (event: Event) => dialog.current?.open && event.stopPropagation();
  return (
    <dialog
      ref={dialog}
      aria-labelledby="title"
      onClose={onClose}
      // The deck listens for keys too, and would turn pages while somebody types.
      onKeydown={keepKey}
      onKeypress={keepKey}
    >
      <form method="dialog">
        <h2 id="title" tabindex={-1}>
          {title}
        </h2>
        <button type="submit" class="close" aria-label={words.dialog.close}>
          ×
        </button>
      </form>
      {children}
    </dialog>
  );
}

/** The speaker's side of the plugin: paste the token, see that it works, switch things. */
export function Dialog({ view, settings, actions }: Props) {
  const isLeading = view.role === "lead";
  const titles = { none: words.dialog.title, lead: words.dialog.leading, follow: words.dialog.following };
  const title = view.resultsUrl === undefined ? titles[view.role] : words.over;
  const { talk } = view;
  return (
    <Frame title={title} onClose={actions.closeDialog} topic={isLeading}>
      {talk && (
        <p class="talk">
          <strong>{talk.name}</strong> · {talk.date}
        </p>
      )}
      <p class="problem" role="alert">
        {view.problem ??
          (view.reach === "silent" ? words.noAnswer(new URL(settings.apiUrl).host) : undefined)}
      </p>
      {view.role !== "follow" && settings.advice.map((advice) => <p class="advice">{advice}</p>)}
      {isLeading ? (
        <Leading view={view} settings={settings} actions={actions} />
      ) : view.isModerator ? (
        <>
          <p>{words.dialog.moderator}</p>
          <Buttons view={view} actions={actions} stop={words.dialog.forget} />
        </>
      ) : (
        <Ask view={view} actions={actions} />
      )}
    </Frame>
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
      {view.isGone && (
        <button type="button" onClick={actions.leadAnew}>
          {words.dialog.leadAnew}
        </button>
      )}
    </form>
  );
}

function Leading({ view, settings, actions }: Props) {
  return (
    <>
      {view.resultsUrl === undefined && (
        <p>
          {common.connection[view.connection]} · {common.people(view.people)}
          {!view.isDriving && ` · ${words.othersDrive}`}
        </p>
      )}
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
        {view.isDriving && view.resultsUrl === undefined && (
          <Switch isOn={view.hold} letter={settings.keys.together} onToggle={actions.together}>
            {words.dialog.together}
          </Switch>
        )}
      </div>
      <Buttons view={view} actions={actions} stop={words.dialog.stop}>
        {!view.isDriving && (
          <button type="button" class="primary" onClick={actions.takeOver}>
            {words.takeOver}
          </button>
        )}
        {view.joinUrl !== undefined && view.resultsUrl === undefined && (
          <button type="button" onClick={actions.welcome}>
            {words.dialog.welcome}&nbsp;<kbd>{settings.keys.welcome}</kbd>
          </button>
        )}
      </Buttons>
    </>
  );
}

interface ButtonsProps {
  readonly view: View;
  readonly actions: Actions;
  readonly stop: string;
  readonly children?: unknown;
}

const Buttons = ({ view: { resultsUrl }, actions, stop, children }: ButtonsProps) => (
  <div class="buttons">
    {children}
    <button type="button" onClick={() => actions.openPage(resultsUrl === undefined ? "/stage" : "/results")}>
      {resultsUrl === undefined ? words.dialog.stage : words.results}
    </button>
    <button type="button" onClick={actions.stopLeading}>
      {stop}
    </button>
  </div>
);

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
