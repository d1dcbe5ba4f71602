import type { RevintError } from "../client/error.ts";
import type { HostSession } from "../client/session.ts";
import { type Action, act } from "../ui/action.ts";
import type { Pass } from "../ui/service.ts";
import type { Store } from "../ui/store.ts";

/**
 * Does what the host of a session asks for. Before there is one, that is nothing.
 * @param nameProblem what to tell when it fails
 */
export async function actAsHost(
  { info }: HostSession,
  view: Store<Action>,
  nameProblem: (error: RevintError) => string,
  does: (pass: Pass) => Promise<void>,
): Promise<void> {
  if (!info) return;
  const { sessionUid, token, hostUid } = info;
  await act(view, nameProblem, () => does({ sessionUid, token, uid: hostUid }));
}
