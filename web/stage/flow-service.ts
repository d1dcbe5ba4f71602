import { unreadable } from "../client/api.ts";
import { RevintError, toRevintError } from "../client/error.ts";
import { EventParser } from "../client/event-parser.ts";
import { type Fields, isNumber, parseFields } from "../client/fields.ts";
import type { HostSession, SessionEvents } from "../client/session.ts";
import type { FlowService, RunService } from "../flows/flow-service.ts";
import { isRun, isStep, readFlows, readRuns, readSavedFlow, readSavedFlows } from "../flows/read-flow.ts";
import { readStream } from "../ui/read-stream.ts";
import { type Pass, readFields, request, send } from "../ui/service.ts";

/** What a session says when something happens that may set off a flow. */
const HINTS = [
  "totals",
  "state",
  "activities",
  "tallies",
  "questions",
  "participants",
  "notice",
  "rules",
] as const satisfies readonly (keyof SessionEvents)[];

/** The flows of a session, as its host or a co-host asks the service for them. */
export function createFlowService(session: HostSession): FlowService {
  /** With the uid that this host has now. */
  const getPass = (): Pass => {
    if (!session.info) throw new RevintError("network", "the session is not open yet");
    const { sessionUid, token, hostUid } = session.info;
    return { sessionUid, token, uid: hostUid };
  };
  const ask = async <T>(read: (answer: Fields) => T | undefined, what: string, how = {}): Promise<T> => {
    const value = read(await readFields(getPass(), what, how));
    if (value === undefined) throw unreadable();
    return value;
  };
  const runs: RunService = {
    list: (flow, cursor) =>
      ask(
        readRuns,
        `${pathOf(flow)}/runs${cursor === undefined ? "" : `?${new URLSearchParams({ cursor })}`}`,
      ),
    sendAgain: (flow, run) =>
      ask(
        (answer) => (isRun(answer) ? answer : undefined),
        `${pathOf(flow)}/runs/${encodeURIComponent(run)}/again`,
        {
          method: "POST",
        },
      ),
    async tryNow(flow, onStep, signal) {
      const { body, status } = await request(getPass(), `${pathOf(flow)}/run`, { method: "POST", signal });
      if (!body) throw unreadable(status);
      for await (const heard of readEvents(body)) {
        if (isRun(heard)) return;
        const { index } = heard;
        if (isStep(heard) && isNumber(index)) onStep(heard, index);
      }
      throw new RevintError("network", "the stream ended before the flow was over");
    },
    onHint(listener) {
      const stops = HINTS.map((event) => session.on(event, listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
  return {
    list: () => ask(readFlows, "/flows"),
    save: (id, flow) => ask(readSavedFlow, pathOf(id), { method: "PUT", body: flow }),
    saveAll: (flows) =>
      ask(readSavedFlows, "/flows", {
        method: "POST",
        body: { flows: flows.map(({ id, flow }) => ({ ...flow, id })) },
      }),
    remove: async (id) => {
      await send(getPass(), pathOf(id), { method: "DELETE" });
    },
    runs,
  };
}

const pathOf = (flow: string): string => `/flows/${encodeURIComponent(flow)}`;

/** The JSON objects of a stream of events, as they come. */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<Fields, void> {
  const parser = new EventParser();
  const decoder = new TextDecoder();
  try {
    for await (const chunk of readStream(body)) {
      for (const data of parser.push(decoder.decode(chunk, { stream: true }))) yield parseFields(data) ?? {};
    }
  } catch (error) {
    throw toRevintError(error);
  }
}
