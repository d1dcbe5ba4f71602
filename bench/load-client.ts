import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { encodeRequest, type HttpRequest } from "./http-connection.ts";
import { LoadAnswer, type LoadJob, type LoadResult } from "./load-job.ts";

/** No job takes longer. */
const MOST_MS = 180_000;

/** A process that makes load, so that what it burns is not ours. It ends with us. */
export class LoadClient {
  readonly #child: ChildProcess;
  #settle: ((answer: LoadAnswer) => void) | undefined;

  constructor() {
    const path = fileURLToPath(new URL("load-process.ts", import.meta.url));
    this.#child = fork(path, { serialization: "advanced", execArgv: ["--max-old-space-size=4096"] });
    this.#child.on("message", (message) => this.#settle?.(LoadAnswer.parse(message)));
    this.#child.on("exit", () => this.#settle?.({ error: "the load process ended" }));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Does one job. @throws what went wrong in the process */
  async run(job: LoadJob): Promise<LoadResult> {
    const { promise, resolve } = Promise.withResolvers<LoadAnswer>();
    const timer = setTimeout(() => resolve({ error: `no end to ${job.kind}` }), MOST_MS);
    this.#settle = resolve;
    this.#child.send(job);
    const answer = await promise;
    clearTimeout(timer);
    if ("error" in answer) throw new Error(answer.error);
    return answer.result;
  }

  http(port: number, requests: readonly HttpRequest[], connections: number, seconds: number) {
    const encoded = requests.map((request) => encodeRequest(request).toString());
    return this.run({ kind: "http", port, requests: encoded, connections, seconds });
  }

  broadcast(port: number, request: HttpRequest, marker: string) {
    const encoded = encodeRequest(request).toString();
    return this.run({ kind: "broadcast", port, request: encoded, marker, timeoutMs: 30_000 });
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exited;
  }
}
