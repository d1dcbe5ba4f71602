import { Dialog } from "../ui/dialog.tsx";
import { Problem } from "../ui/problem.tsx";
import { TokenForm } from "../ui/token-form.tsx";
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

/** The deck listens for keys too, and would turn pages while somebody types. */
export const keepKey = (event: KeyboardEvent): void => event.stopPropagation();

/** The speaker's side of the plugin: paste the token, see that it works, switch things. */
export function HostDialog({ view, settings, actions }: Props) {
  const isLeading = view.role === "lead";
  const titles = { none: words.dialog.title, lead: words.dialog.leading, follow: words.dialog.following };
  const title = view.resultsUrl === undefined ? titles[view.role] : words.over;
  const { talk } = view;
  return (
    <Dialog
      title={title}
      close={words.dialog.close}
      topic={isLeading}
      onClose={actions.closeDialog}
      onKey={keepKey}
    >
      {talk && (
        <p class="talk">
          <strong>{talk.name}</strong> · {talk.date}
        </p>
      )}
      <Problem>
        {view.problem ??
          (view.reach === "silent" ? words.noAnswer(new URL(settings.apiUrl).host) : undefined)}
      </Problem>
      {view.role !== "follow" &&
        [...settings.advice, ...view.advice].map((advice) => <p class="advice">{advice}</p>)}
      {isLeading ? (
        <Leading view={view} settings={settings} actions={actions} />
      ) : view.isModerator ? (
        <>
          <p>{words.dialog.moderator}</p>
          <Buttons view={view} actions={actions} stop={words.dialog.forget} />
        </>
      ) : (
        <Start view={view} actions={actions} />
      )}
    </Dialog>
  );
}

function Start({ view, actions }: { view: View; actions: Actions }) {
  const isConnecting = view.role === "none" && view.connection === "connecting";
  return (
    <>
      <p>{words.dialog.text}</p>
      <TokenForm
        action={isConnecting ? common.connection.connecting : words.dialog.lead}
        autofocus
        onToken={actions.lead}
      >
        {view.isGone && (
          <button type="button" onClick={actions.leadAnew}>
            {words.dialog.leadAnew}
          </button>
        )}
      </TokenForm>
    </>
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
        <span class="visually-hidden">{words.dialog.key("")}</span>
        {letter}
      </kbd>
    )}
  </button>
);
