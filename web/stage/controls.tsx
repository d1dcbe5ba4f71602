import { useEffect, useRef, useState } from "hono/jsx/dom";
import type { HostSession } from "../client/session.ts";
import { Ask } from "../ui/ask.tsx";
import { getHostRole, type HostRole, writePass } from "../ui/host-pass.ts";
import { useStore } from "../ui/use-store.ts";
import { stage as words } from "../words/en.ts";
import type { Lively } from "./bursts.ts";
import { canInvite, coHosts, openCoHosts } from "./co-hosts.ts";
import { CoHostsDialog } from "./co-hosts-dialog.tsx";
import {
  block,
  clearCounts,
  letMoreIn,
  type Moderation,
  moderation,
  type Question,
  sendEverybodyOut,
  setClosed,
  setPaused,
  takeOver,
  unblock,
} from "./moderation.ts";
import { OfferEditor } from "./offer-editor.tsx";
import { panel, setPanel } from "./panel.ts";

/** Whether this host may do more than turn slides. */
const canModerate = (role: HostRole | undefined) => role === "host" || role === "moderator";

const getRole = (session: HostSession | undefined): HostRole | undefined =>
  session?.info && getHostRole(session.info);

/** The button of the panel: how much waits in it is all that it tells the room. */
export function PanelButton() {
  const { isOpen } = useStore(panel);
  const state = useStore(moderation);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const due = countDue(state);
  return (
    <button
      ref={button}
      type="button"
      class="small"
      aria-expanded={isOpen ? "true" : "false"}
      aria-controls="controls"
      aria-keyshortcuts="C"
      title={words.controls.key}
      onClick={() => setPanel(!isOpen)}
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

/** What a host may want to look at now. */
function countDue(state: Moderation): number {
  if (!canModerate(getRole(state.session))) return 0;
  return listLively(state).length + (state.door.waiting > 0 ? 1 : 0);
}

const listLively = ({ lively, blocked }: Moderation): readonly Lively[] =>
  lively.filter(({ participant }) => participant !== blocked);

/** What the host does from the stage. On a projector it stays closed. */
export function Controls() {
  const state = useStore(moderation);
  const { isOpen: areCoHostsOpen } = useStore(coHosts);
  const { session, chosen, question, isBusy, problem, notice } = state;
  const heading = useRef<HTMLHeadingElement>(null);
  const isRestored = useRef(true);
  const { isOpen } = useStore(panel);
  useEffect(() => {
    // Not when a reload brings it back.
    if (isOpen && !isRestored.current) heading.current?.focus();
    isRestored.current = false;
  }, [isOpen]);
  const role = getRole(session);
  const isAsked = chosen !== undefined || question !== undefined;
  return (
    <aside id="controls" class="panel" aria-labelledby="controls-title" hidden={!isOpen}>
      <div class="heading">
        <h2 id="controls-title" ref={heading} tabindex={-1}>
          {words.controls.title}
        </h2>
        <button type="button" class="small" onClick={() => setPanel(false)}>
          {words.controls.close}
        </button>
      </div>
      <p class="soft">{words.controls.text}</p>
      <p class="problem" role="alert">
        {!isAsked && problem}
      </p>
      <p class="told soft" role="status">
        {notice}
      </p>
      {canModerate(role) && <Due state={state} />}
      {!state.isDriving && role !== "moderator" && (
        <button type="button" class="small" disabled={isBusy} onClick={takeOver}>
          {words.takeOver}
        </button>
      )}
      {canModerate(role) && <Reactions state={state} />}
      {canModerate(role) && <Door state={state} />}
      {session && <Whole session={session} />}
      {chosen && <AskBlock lively={chosen} isBusy={isBusy} problem={problem} />}
      {question && <AskWhole question={question} isBusy={isBusy} problem={problem} />}
      {areCoHostsOpen && session && <CoHostsDialog session={session} />}
    </aside>
  );
}

/** Who reacts most right now, and who was blocked just now. */
function Due({ state }: { state: Moderation }) {
  const { blocked, isBusy } = state;
  const lively = listLively(state);
  return (
    <>
      {lively.length > 0 && (
        <section aria-labelledby="lively">
          <h3 id="lively">{words.lively}</h3>
          <ul class="lively" aria-labelledby="lively">
            {lively.map((one) => (
              <li key={one.participant}>
                <button type="button" class="small" onClick={() => moderation.set({ chosen: one })}>
                  <bdi>{one.reactions.join(" ")}</bdi> {words.inMoments(one.count)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {blocked !== undefined && (
        <p class="told" role="status">
          {words.blocked}{" "}
          <button type="button" class="small" disabled={isBusy} onClick={() => unblock(blocked)}>
            {words.unblock}
          </button>
        </p>
      )}
    </>
  );
}

function Reactions({ state: { rules, isBusy } }: { state: Moderation }) {
  return (
    <section aria-labelledby="reactions">
      <h3 id="reactions">{words.total}</h3>
      <button
        type="button"
        class={rules.paused ? "small warn" : "small"}
        disabled={isBusy}
        onClick={() => setPaused(!rules.paused)}
      >
        {rules.paused ? words.resume : words.pause}
      </button>
      <OfferEditor />
    </section>
  );
}

function Door({ state: { door, isBusy } }: { state: Moderation }) {
  const { waiting, isClosed } = door;
  return (
    <section aria-labelledby="door">
      <h3 id="door">{words.door.title}</h3>
      <p role="status">
        {isClosed ? words.door.isClosed : waiting > 0 ? words.door.waiting(waiting) : words.door.isOpen}
      </p>
      <div class="buttons">
        {waiting > 0 && !isClosed && (
          <button type="button" class="small" disabled={isBusy} onClick={letMoreIn}>
            {words.door.letMoreIn}
          </button>
        )}
        <button type="button" class="small" disabled={isBusy} onClick={() => setClosed(!isClosed)}>
          {isClosed ? words.door.open : words.door.close}
        </button>
      </div>
    </section>
  );
}

const ask = (question: Question) => moderation.set({ question, problem: undefined });

/** What is done to the session as a whole, most of it by its host alone. */
function Whole({ session }: { session: HostSession }) {
  const isHost = canInvite(session);
  return (
    <section aria-labelledby="whole">
      <h3 id="whole">{words.session}</h3>
      <div class="buttons">
        {isHost && (
          <button type="button" class="small" onClick={() => openCoHosts(session)}>
            {words.coHosts.open}
          </button>
        )}
        <a class="button small" href={`/results${location.search}`} onClick={openResults}>
          {words.results}
        </a>
        {isHost && (
          <>
            <button type="button" class="small" onClick={() => ask("clear")}>
              {words.clear}
            </button>
            <button type="button" class="small danger" onClick={() => ask("sendOut")}>
              {words.sendOut}
            </button>
          </>
        )}
      </div>
    </section>
  );
}

/** In a tab of its own, which gets the token like this one did: in the fragment, and nowhere in this page. */
function openResults(event: Event): void {
  const { info } = moderation.get().session ?? {};
  if (!info) return;
  event.preventDefault();
  const { sessionUid, token, hostUid } = info;
  const pass = getHostRole(info) === "host" ? { token } : { token, invitation: { sessionUid, hostUid } };
  open(`/results${writePass(pass, sessionUid)}`, "_blank", "noopener");
}

const close = () => {
  if (!moderation.get().isBusy)
    moderation.set({ chosen: undefined, question: undefined, problem: undefined });
};

interface Asked {
  readonly isBusy: boolean;
  readonly problem: string | undefined;
}

function AskWhole({ question, ...asked }: Asked & { question: Question }) {
  const does = { clear: clearCounts, sendOut: sendEverybodyOut }[question];
  return <Ask {...words.asks[question]} {...asked} onConfirm={does} onClose={close} />;
}

function AskBlock({ lively, ...asked }: Asked & { lively: Lively }) {
  const [isUncounted, setUncounted] = useState(false);
  const { uncount, text, ...question } = words.askBlock;
  return (
    <Ask {...question} {...asked} onConfirm={() => block(lively.participant, isUncounted)} onClose={close}>
      <p>
        <bdi>{lively.reactions.join(" ")}</bdi> {words.inMoments(lively.count)}
      </p>
      <p>{text}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={isUncounted}
          onChange={() => setUncounted((before: boolean) => !before)}
        />
        {uncount}
      </label>
    </Ask>
  );
}
