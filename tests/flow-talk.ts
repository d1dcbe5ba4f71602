import { expect } from "vitest";
import { FlowRuns, SavedFlow } from "../shared/protocol/flow.schema.ts";
import type { NewFlow } from "../shared/protocol/flow.ts";
import { StateAnswer } from "../shared/protocol/state.schema.ts";
import { type Deployment, type RequestOptions, read } from "./deployment.ts";

/** A session, and what its host does with flows. */
export async function startTalk(revint: Deployment) {
  const token = await revint.sign();
  const { sessionUid, hostUid } = await revint.host(token);
  const path = `/api/v1/session/${sessionUid}`;
  const asHost = { token, uid: hostUid };
  const host = (method: string, to: string, options: RequestOptions = {}) =>
    revint.request(method, path + to, { ...asHost, ...options });
  const write = (id: string, flow: Partial<NewFlow> | object) =>
    host("PUT", `/flows/${id}`, { json: { name: id, ...flow } });
  const runs = async (id: string) => (await read(FlowRuns, await host("GET", `/flows/${id}/runs`))).runs;
  return {
    sessionUid,
    path,
    asHost,
    host,
    write,
    save: async (id: string, flow: object) => read(SavedFlow, await write(id, flow)),
    runs,
    /** How the runs of a flow have come out, the newest first, once there are so many and nothing is left to do. */
    settled: async (id: string, count = 1) => {
      const statuses = async () =>
        (await runs(id)).map(({ steps }) => steps.map(({ status }) => status).join(" "));
      const isSettled = async () => {
        const all = await statuses();
        return all.length >= count && all.every((each) => !/waiting|running/.test(each));
      };
      await expect.poll(isSettled, { interval: 200, timeout: 60_000 }).toBe(true);
      return statuses();
    },
    show: (page: string) => host("POST", "/state", { json: { page, state: "s" } }),
    /** Where the deck is, as soon as it is there. */
    shown: (page: string) =>
      expect
        .poll(async () => (await read(StateAnswer, await host("GET", "/state"))).page, {
          interval: 200,
          timeout: 60_000,
        })
        .toBe(page),
    join: async () => {
      const person = await revint.join(sessionUid);
      return {
        react: (page: string, reaction: string) =>
          revint.request("POST", `${path}/user/${person.uid}/react`, { ...person, json: { page, reaction } }),
        request: (method: string, to: string, json?: unknown) =>
          revint.request(method, path + to, { ...person, ...(json !== undefined && { json }) }),
      };
    },
  };
}
