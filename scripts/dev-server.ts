import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Address, localUrl } from "./address.ts";
import { forwardLog, PROBE_PATH } from "./dev-log.ts";
import { errorCode, Failure } from "./failure.ts";
import { readReady, wranglerBin, wranglerEnvironment } from "./wrangler.ts";

/** How long a wrangler that was asked to end may take before it is made to. */
const GRACE_MS = 5000;

/** How long an address may refuse to be reached, once wrangler says that it listens there. */
const REFUSED_MS = 3000;

/** All Workers in one `wrangler dev`. */
export class DevServer {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  readonly #close: Promise<unknown>;
  /** Resolves to whether wrangler listens: to `false` when it has ended before. */
  readonly #listening: Promise<boolean>;
  readonly #probe: string;
  #isReady = false;
  #stoppingSince: number | undefined;

  /** @param configs of all Workers, the one with the address first @param stateFolder where KV and Durable Objects are kept between runs */
  constructor(address: Address, configs: readonly string[], stateFolder: string) {
    const { host, port } = address;
    this.#probe = `${localUrl(address)}${PROBE_PATH}`;
    const args = [
      ...["dev", ...configs.flatMap((config) => ["-c", config])],
      ...["--ip", host, "--port", String(port), "--persist-to", stateFolder],
      // Here, everybody who comes may have an account.
      ...["--var", "SIGN_UP:open"],
      // 0: any free port, so that a second instance finds one too.
      ...["--inspector-port", "0", "--show-interactive-dev-session=false"],
    ];
    const follow = import.meta.resolve("./follow-parent.ts");
    this.#child = spawn(process.execPath, ["--no-warnings", "--import", follow, wranglerBin, ...args], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // Its own process group: Ctrl-C reaches only us, and what is left of the group can be ended at once.
      detached: process.platform !== "win32",
      env: {
        ...wranglerEnvironment(),
        // The tracing store writes every URL, uids included, to disk; the explorer shows all storage to whoever can reach the port.
        X_LOCAL_OBSERVABILITY: "false",
        X_LOCAL_EXPLORER: "false",
        // No request to Cloudflare just to fill `request.cf`: we never read it, and a train has no network.
        CLOUDFLARE_CF_FETCH_ENABLED: "false",
      },
    });
    this.#exit = once(this.#child, "exit");
    this.#close = once(this.#child, "close");
    this.#listening = new Promise((resolve) => {
      this.#child.on("message", (message) => readReady(message) && resolve(true));
      this.#child.once("exit", () => resolve(false));
    });
    const { stdout, stderr } = this.#child;
    if (stdout) forwardLog(stdout, process.stdout, () => !this.#isReady || this.#stoppingSince !== undefined);
    if (stderr) forwardLog(stderr, process.stderr, () => this.#stoppingSince !== undefined);
  }

  /**
   * Resolves when requests are answered; a Worker that doesn't compile delays that until it does. To `false` when stopped before.
   * @throws Failure when wrangler listens, and the address can't be reached all the same
   */
  async ready(): Promise<boolean> {
    if (!(await this.#listening)) return false;
    const listeningSince = Date.now();
    // wrangler already takes requests while the Workers are still starting; it answers this one when they have.
    while (!this.#isReady && this.#stoppingSince === undefined) {
      const error = await fetch(this.#probe).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      this.#isReady = error === undefined;
      if (this.#isReady) break;
      if (isRefusal(error) && Date.now() - listeningSince > REFUSED_MS)
        throw new Failure(explain(error, this.#probe));
      await sleep(100, undefined, { ref: false });
    }
    return this.#isReady;
  }

  /** Asks everything to end; asked again after a second, it no longer waits. */
  stop(): void {
    if (this.#stoppingSince === undefined) {
      this.#stoppingSince = Date.now();
      this.#child.kill("SIGTERM");
      setTimeout(() => this.#kill(), GRACE_MS).unref();
    }
    // One Ctrl-C may arrive twice, from the terminal and from npm.
    if (Date.now() - this.#stoppingSince > 1000) this.#kill();
  }

  /** Resolves when nothing of it runs any more; to `true` when that was our wish. */
  async ended(): Promise<boolean> {
    await this.#exit;
    this.#kill();
    await this.#close;
    return this.#stoppingSince !== undefined;
  }

  /** Ends wrangler and the workerds it started, also those that outlived it. */
  #kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // Nobody is left.
    }
  }
}

/** Nobody took the request; one that was taken and then lost is another matter. */
const isRefusal = (error: unknown): boolean => /CONNREFUSED|UNREACH|ADDRNOTAVAIL/.test(causeOf(error));

/** What the system said, which fetch has as the cause of its own error. */
const causeOf = (error: unknown): string =>
  error instanceof Error ? (errorCode(error.cause) ?? String(error.cause ?? error.message)) : String(error);

const explain = (error: unknown, url: string): string =>
  `wrangler listens, but ${new URL(url).origin} can't be reached (${causeOf(error)}). Is something in between, such as a firewall? Another port: PORT=8788 npm start`;
