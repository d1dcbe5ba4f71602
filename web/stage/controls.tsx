import { useEffect, useRef, useState } from "hono/jsx/dom";
import { getHostRole, writePass } from "../ui/host-pass.ts";
import { useStore } from "../ui/use-store.ts";
import { stage as words } from "../words/en.ts";
import type { Lively } from "./bursts.ts";
import { canInvite, coHosts, openCoHosts } from "./co-hosts.ts";
import { CoHostsDialog } from "./co-hosts-dialog.tsx";
import { block, moderation, setPaused, takeOver, unblock } from "./moderation.ts";

/** What the host can do from the second screen: a row of buttons, and a question where one is due. */
export function Controls() {
  const { session, isPaused, isDriving, lively, chosen, blocked, isBusy, problem } = useStore(moderation);
  const { isOpen } = useStore(coHosts);
  const shown = lively.filter(({ participant }) => participant !== blocked);
  const role = session?.info && getHostRole(session.info);
  const isPresenter = role === "presenter";
  return (
    <div class="controls">
      {shown.length > 0 && !isPresenter && (
        <ul class="lively" aria-label={words.lively}>
          {shown.map((one) => (
            <li key={one.participant}>
              <button type="button" class="small" onClick={() => moderation.set({ chosen: one })}>
                <bdi>{one.reactions.join(" ")}</bdi> {words.inMoments(one.count)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {blocked !== undefined && (
        <p class="told" role="status">
          {words.blocked}{" "}
          <button type="button" class="small" disabled={isBusy} onClick={() => unblock(blocked)}>
            {words.unblock}
          </button>
        </p>
      )}
      {problem !== undefined && chosen === undefined && (
        <p class="told warn" role="alert">
          {problem}
        </p>
      )}
      {!isDriving && role !== "moderator" && (
        <button type="button" class="small" disabled={isBusy} onClick={takeOver}>
          {words.takeOver}
        </button>
      )}
      {isPresenter ? (
        isPaused && <p class="told warn">{words.isPaused}</p>
      ) : (
        <button
          type="button"
          class={isPaused ? "small warn" : "small"}
          disabled={isBusy}
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? words.resume : words.pause}
        </button>
      )}
      {session && canInvite(session) && (
        <button type="button" class="small" onClick={() => openCoHosts(session)}>
          {words.coHosts.open}
        </button>
      )}
      <a class="button small" href={`/results${location.search}`} onClick={openResults}>
        {words.results}
      </a>
      {chosen && session && <AskBlock lively={chosen} isBusy={isBusy} problem={problem} />}
      {isOpen && session && <CoHostsDialog session={session} />}
    </div>
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

const close = () => moderation.set({ chosen: undefined, problem: undefined });

function AskBlock({
  lively,
  isBusy,
  problem,
}: {
  lively: Lively;
  isBusy: boolean;
  problem: string | undefined;
}) {
  const [uncount, setUncount] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    void block(lively.participant, uncount);
  };
  return (
    <dialog ref={dialog} aria-labelledby="block" onClose={close}>
      <form onSubmit={submit}>
        <h2 id="block">{words.askBlock.title}</h2>
        <p>
          <bdi>{lively.reactions.join(" ")}</bdi> {words.inMoments(lively.count)}
        </p>
        <p>{words.askBlock.text}</p>
        <label class="check">
          <input
            type="checkbox"
            checked={uncount}
            onChange={() => setUncount((before: boolean) => !before)}
          />
          {words.askBlock.uncount}
        </label>
        <p class="problem" role="alert">
          {problem}
        </p>
        <div class="buttons">
          <button type="button" onClick={close}>
            {words.askBlock.cancel}
          </button>
          <button type="submit" class="danger" disabled={isBusy}>
            {words.askBlock.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
