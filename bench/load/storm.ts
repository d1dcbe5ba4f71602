import type { Buffer } from "node:buffer";
import { LoginAnswer, SessionAnswer } from "../../shared/protocol/session.schema.ts";
import { now, pause } from "../clock.ts";
import { encodeRequest, HttpConnection, type HttpRequest } from "../http-connection.ts";
import type { LoadJob, LoadResult } from "../load-job.ts";
import { percentile } from "../statistics.ts";
import { openPipe, type PipeSet } from "./pipe-set.ts";

/** People come whether or not those before them are in; who is turned away comes back a second later. */
export async function storm(set: PipeSet, job: Extract<LoadJob, { kind: "storm" }>): Promise<LoadResult> {
  const connections = new ConnectionPool(job.port);
  const path = `/api/v1/session/${job.sessionUid}`;
  const times: number[] = [];
  let refusals = 0;
  let failures = 0;

  const arrive = async () => {
    const from = now();
    const { token } = SessionAnswer.parse(await connections.ask({ method: "GET", path }));
    const login = { method: "POST", path: `${path}/login`, headers: { "x-session-token": token } };
    let answer = await connections.ask(login);
    while (answer === undefined) {
      refusals++;
      await pause(1000);
      answer = await connections.ask(login);
    }
    const { uid } = LoginAnswer.parse(answer);
    const { promise: greeted, resolve: greet } = Promise.withResolvers<void>();
    const pipePath = `/ws/v1/session/${job.sessionUid}/user/${uid}/pipe`;
    const pipe = await openPipe(job.port, pipePath, "plain", (text: Buffer) => {
      if (text.includes('"type":"presence"')) greet();
    });
    set.pipes.push(pipe);
    await greeted;
    pipe.onText = undefined;
    times.push(now() - from);
  };

  const start = now();
  const arrivals: Promise<void>[] = [];
  for (let index = 0; index < job.people; index++) {
    await pauseUntil(start + (index / job.people) * job.seconds * 1000);
    arrivals.push(
      arrive().catch(() => {
        failures++;
      }),
    );
  }
  await Promise.all(arrivals);
  const seconds = (now() - start) / 1000;
  connections.close();
  return {
    rate: times.length / seconds,
    seconds,
    refusals,
    failures,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

async function pauseUntil(time: number): Promise<void> {
  const wait = time - now();
  if (wait > 1) await pause(wait);
}

/** As many connections as are needed at once. */
class ConnectionPool {
  readonly #port: number;
  readonly #free: HttpConnection[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  /** An answer's JSON; undefined when the caller is to come back later. */
  async ask(request: HttpRequest): Promise<unknown> {
    let connection = this.#free.pop();
    while (connection && !connection.isOpen) connection = this.#free.pop();
    connection ??= await HttpConnection.open(this.#port);
    const { status, body } = await connection.send(encodeRequest(request));
    this.#free.push(connection);
    if (status === 429) return undefined;
    if (status >= 300) throw new Error(`${status} ${body}`);
    return JSON.parse(body);
  }

  close(): void {
    for (const connection of this.#free) connection.close();
  }
}
