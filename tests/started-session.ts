import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import type { CoHostRole } from "../shared/protocol/co-host.ts";
import { splitSessionUid } from "../shared/protocol/identity.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { type Deployment, read } from "./deployment.ts";
import { Pipe } from "./pipe.ts";

/** What lets somebody into a session, as its headers say it. */
export interface Pass {
  readonly token: string;
  readonly uid: string;
}

export type StartedSession = Awaited<ReturnType<typeof startSession>>;

/**
 * A session of a talk of its own, and what its host and its audience do with it.
 * @param more facts that its host gives it
 */
export async function startSession(
  revint: Deployment,
  more: Record<string, unknown> = {},
  talk: { name?: string } = {},
) {
  const token = await revint.sign(talk);
  const { sessionUid, hostUid } = await revint.host(token, more);
  const path = `/api/v1/session/${sessionUid}`;
  const asHost: Pass = { token, uid: hostUid };
  const post = (what: string, json: object, { token, uid }: Pass = asHost) =>
    revint.request("POST", `${path}/${what}`, { token, uid, json });
  return {
    token,
    sessionUid,
    hostUid,
    hash: splitSessionUid(sessionUid).hash,
    path,
    asHost,
    post,
    join: () => revint.join(sessionUid),
    pipe: (uid: string) => Pipe.greeted(revint.url, sessionUid, uid),
    setState: (page: string, state = "s", as?: Pass) => post("state", { page, state }, as),
    setRules: (json: object, as?: Pass) => post("rules", json, as),
    /** A co-host. @returns what lets them in */
    invite: async (role: CoHostRole): Promise<Pass> => {
      const { token, hostUid } = await read(CoHostAnswer, await post("hosts", { role }));
      return { token, uid: hostUid };
    },
    /** Over HTTP. @param id two reactions with the same one are one */
    react: ({ token, uid }: Pass, page: string, reaction: string, id?: string) =>
      revint.request("POST", `${path}/user/${uid}/react`, {
        ...{ token, uid, json: { page, reaction } },
        ...(id !== undefined && { headers: { "idempotency-key": id } }),
      }),
    totals: async () => read(SessionTotals, await revint.request("GET", `${path}/reactions`, asHost)),
  };
}
