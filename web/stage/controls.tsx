import { useEffect, useRef } from "hono/jsx/dom";
import { Ask } from "../ui/ask.tsx";
import { AskToEnd } from "../ui/ask-to-end.tsx";
import { TITLE_LENGTH } from "../ui/deck-state.ts";
import { getField } from "../ui/field.ts";
import { getHostRole, writePass } from "../ui/host-pass.ts";
import { LanguageMenu } from "../ui/language/language-menu.tsx";
import { loadPart } from "../ui/load-part.ts";
import { Problem } from "../ui/problem.tsx";
import { useStore } from "../ui/use-store.ts";
import { ending, stage as words } from "../words/en.ts";
import { CoHostsDialog } from "./co-hosts-dialog.tsx";
import { OverlaysDialog } from "./overlays-dialog.tsx";
import type { Panel } from "./panel.ts";
import type { StageSession } from "./stage-session.ts";

interface Props {
  readonly stage: StageSession;
  readonly panel: Panel;
}

/** The button of the panel: how much waits in it is all that it tells the stage. */
export function PanelButton({ stage, panel }: Props) {
  const { isOpen } = useStore(panel.view);
  const view = useStore(stage.view);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const due = stage.canModerate ? view.due + (view.door.waiting > 0 ? 1 : 0) : 0;
  return (
    <button
      ref={button}
      type="button"
      class="small"
      aria-expanded={isOpen ? "true" : "false"}
      aria-controls="controls"
      aria-keyshortcuts="C"
      title={words.controls.key}
      onClick={() => panel.set(!isOpen)}
    >
      {words.controls.title}
      {due > 0 && (
        <span class="badge">
          {due}
          <span class="visually-hidden"> {words.controls.due(due)}</span>
        </span>
      )}
    </button>
  );
}

/** What the host does from the stage. On a projector it stays closed. */
export function Controls({ stage, panel }: Props) {
  const { isOpen } = useStore(panel.view);
  const { isDriving, question: Question } = useStore(stage.view);
  const { isBusy, problem, notice } = useStore(stage.action);
  const heading = useRef<HTMLHeadingElement>(null);
  const isRestored = useRef(true);
  useEffect(() => {
    // Not when a reload brings it back.
    if (isOpen && !isRestored.current) heading.current?.focus();
    isRestored.current = false;
  }, [isOpen]);
  return (
    <aside id="controls" class="panel" aria-labelledby="controls-title" hidden={!isOpen}>
      <div class="heading">
        <h2 id="controls-title" ref={heading} tabindex={-1}>
          {words.controls.title}
        </h2>
        <button type="button" class="small" onClick={() => panel.set(false)}>
          {words.controls.close}
        </button>
      </div>
      <p class="soft">{words.controls.text}</p>
      <Problem>{!Question && problem}</Problem>
      <p class="told soft" role="status">
        {notice}
      </p>
      {!isDriving && stage.role !== "moderator" && (
        <button type="button" class="small" disabled={isBusy} onClick={() => stage.takeOver()}>
          {words.takeOver}
        </button>
      )}
      {stage.canAsk && stage.slots.map(({ Asking }) => Asking && <Asking />)}
      {stage.canAsk && <TalkTitle stage={stage} />}
      {stage.canModerate && stage.slots.map(({ Controls }) => <Controls />)}
      {stage.canModerate && <Door stage={stage} />}
      <Whole stage={stage} />
      <LanguageMenu />
      {Question && <Question />}
    </aside>
  );
}

/** For a talk without a deck. */
function TalkTitle({ stage }: { stage: StageSession }) {
  const { isDeck, title } = useStore(stage.view);
  if (isDeck) return null;
  const submit = (event: Event) => {
    event.preventDefault();
    const text = getField(event, "title")?.value.trim() ?? "";
    if (text !== "") stage.setTitle(text);
  };
  return (
    <section aria-labelledby="talk-title">
      <h3 id="talk-title">{words.screen.title}</h3>
      <p class="soft">{words.screen.text}</p>
      <form class="inline" onSubmit={submit}>
        <label>
          {words.screen.field}
          <input
            name="title"
            dir="auto"
            required
            maxlength={TITLE_LENGTH}
            value={title ?? ""}
            autocomplete="off"
          />
        </label>
        <button type="submit" class="small">
          {words.screen.show}
        </button>
      </form>
    </section>
  );
}

function Door({ stage }: { stage: StageSession }) {
  const { waiting, isClosed } = useStore(stage.view).door;
  const { isBusy } = useStore(stage.action);
  return (
    <section aria-labelledby="door">
      <h3 id="door">{words.door.title}</h3>
      <p role="status">
        {isClosed ? words.door.isClosed : waiting > 0 ? words.door.waiting(waiting) : words.door.isOpen}
      </p>
      <div class="buttons">
        {waiting > 0 && !isClosed && (
          <button type="button" class="small" disabled={isBusy} onClick={() => stage.letMoreIn()}>
            {words.door.letMoreIn}
          </button>
        )}
        <button type="button" class="small" disabled={isBusy} onClick={() => stage.setClosed(!isClosed)}>
          {isClosed ? words.door.open : words.door.close}
        </button>
      </div>
    </section>
  );
}

/** What is done to the session as a whole, most of it by its host alone. */
function Whole({ stage }: { stage: StageSession }) {
  const openCoHosts = () => {
    stage.ask(() => <CoHostsDialog stage={stage} />);
    void stage.coHosts.read();
  };
  const openFlows = async () => {
    const part = await loadPart(
      () => import("./flows.tsx"),
      () => stage.action.set({ problem: words.notLoaded }),
    );
    part?.openFlows(stage);
  };
  const openOverlays = () => {
    const { overlays } = stage;
    stage.ask(() => <OverlaysDialog overlays={overlays} onClose={() => stage.ask(undefined)} />);
    void overlays.read();
  };
  const askToClear = () =>
    stage.ask(() => <AskFirst stage={stage} about="clear" does={() => stage.clearCounts()} />);
  const askToSendOut = () =>
    stage.ask(() => <AskFirst stage={stage} about="sendOut" does={() => stage.sendEverybodyOut()} />);
  const askToEnd = async () => {
    const isPublic = await stage.readIsPublic();
    if (isPublic !== undefined) stage.ask(() => <EndDialog stage={stage} isPublic={isPublic} />);
  };
  return (
    <section aria-labelledby="whole">
      <h3 id="whole">{words.session}</h3>
      <div class="buttons">
        {stage.role === "host" && (
          <>
            <button type="button" class="small" onClick={openCoHosts}>
              {words.coHosts.open}
            </button>
            <button type="button" class="small" onClick={openOverlays}>
              {words.overlays.open}
            </button>
          </>
        )}
        <button type="button" class="small" onClick={openFlows}>
          {words.flows}
        </button>
        <a
          class="button small"
          href={`/results${location.search}`}
          onClick={(event: Event) => openResults(event, stage)}
        >
          {words.results}
        </a>
        {stage.role === "host" && (
          <>
            <button type="button" class="small" onClick={askToClear}>
              {words.clear}
            </button>
            <button type="button" class="small danger" onClick={askToSendOut}>
              {words.sendOut}
            </button>
            <button type="button" class="small danger" onClick={askToEnd}>
              {ending.offer}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

interface AskFirstProps {
  readonly stage: StageSession;
  readonly about: keyof typeof words.asks;
  readonly does: () => Promise<void>;
}

const AskFirst = ({ stage, about, does }: AskFirstProps) => (
  <Ask
    {...words.asks[about]}
    {...useStore(stage.action)}
    onConfirm={does}
    onClose={() => stage.ask(undefined)}
  />
);

const EndDialog = ({ stage, isPublic }: { stage: StageSession; isPublic: boolean }) => (
  <AskToEnd
    isPublic={isPublic}
    {...useStore(stage.action)}
    onEnd={(publicResults) => stage.end(publicResults)}
    onClose={() => stage.ask(undefined)}
  />
);

/** In a tab of its own, which gets the token like this one did: in the fragment, and nowhere in this page. */
function openResults(event: Event, { session: { info } }: StageSession): void {
  if (!info) return;
  event.preventDefault();
  const { sessionUid, token, hostUid } = info;
  const pass = getHostRole(info) === "host" ? { token } : { token, invitation: { sessionUid, hostUid } };
  open(`/results${writePass(pass, sessionUid)}`, "_blank", "noopener");
}
