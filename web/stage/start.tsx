import { useState } from "hono/jsx/dom";
import { DEFAULT_REACTIONS } from "../../shared/interactions/reaction/reaction.ts";
import { Api } from "../client/api.ts";
import { isStale, type RevintError } from "../client/error.ts";
import { type Action, act, IDLE } from "../ui/action.ts";
import { type HostPass, keepPass } from "../ui/host-pass.ts";
import { Notice } from "../ui/notice.tsx";
import { isOnlyHere } from "../ui/only-here.ts";
import type { OnNotStarted } from "../ui/own-session.ts";
import { Problem } from "../ui/problem.tsx";
import { SessionForm } from "../ui/session-form.tsx";
import { createStore } from "../ui/store.ts";
import { readTalk } from "../ui/talk.ts";
import { useStore } from "../ui/use-store.ts";
import { pages, stage as words } from "../words/en.ts";

const { origin } = location;

interface Props {
  readonly pass: HostPass;
  readonly onNotStarted: OnNotStarted;
}

/** A talk without a deck: the stage itself starts the session. One that has a deck is started by it. */
export function Start({ pass, onNotStarted }: Props) {
  const [action] = useState(() => createStore<Action>(IDLE));
  const { isBusy, problem } = useStore(action);
  const talk = readTalk(pass.token);
  const start = () => act(action, nameProblem, () => startSession(pass));
  return (
    <Notice title={talk?.name ?? words.heading} text={words.notStarted} isBusy={isBusy}>
      <Problem>{problem ?? words.isNotStarted}</Problem>
      <button type="button" class="primary" disabled={isBusy} onClick={start}>
        {words.start}
      </button>
      <SessionForm action={words.openSession} button="" isForHosts onNotStarted={onNotStarted} />
    </Notice>
  );
}

/**
 * Where people join. A phone in the same network can't open 127.0.0.1, so there, and nowhere else, the address may say
 * where phones reach this deployment, as a deck's does.
 */
function getWebUiUrl(): string {
  const join = isOnlyHere(location.href) ? new URLSearchParams(location.search).get("join") : null;
  return join ?? `${origin}/join`;
}

/** Opens the stage anew, for the session that is there now. @throws RevintError */
async function startSession(pass: HostPass): Promise<void> {
  const facts = { apiUrl: origin, webUiUrl: getWebUiUrl(), reactions: DEFAULT_REACTIONS };
  const { sessionUid } = await new Api(origin).openSession(pass.token, facts, undefined);
  keepPass(origin, pass, sessionUid);
  location.replace(`${location.pathname}?${new URLSearchParams({ session: sessionUid })}`);
}

const nameProblem = ({ code }: RevintError): string =>
  isStale(code) || code === "not_host" ? pages.ownSession.refused : pages.ownSession.failed;
