import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Address, localUrl } from "./address.ts";
import { forwardLog, PROBE_PATH } from "./dev-log.ts";
import { api } from "./workers.ts";
import { readReady, wranglerBin, wranglerEnvironment } from "./wrangler.ts";

/** How long a wrangler that was asked to end may take before it is made to. */
const GRACE_MS = 5000;

/** All five Workers in one `wrangler dev`. */
export class DevServer {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  readonly #close: Promise<unknown>;
  readonly #listening: Promise<void>;
  readonly #probe: string;
  #isReady = false;
  #stoppingSince: number | undefined;

  /** @param stateFolder where KV and Durable Objects are kept between runs */
  constructor(address: Address, storeConfigs: readonly string[], stateFolder: string) {
    const { host, port } = address;
    this.#probe = `${localUrl(address)}${PROBE_PATH}`;
    const args = [
      ...["dev", ...[api.config, ...storeConfigs].flatMap((config) => ["-c", config])],
      ...["--ip", host, "--port", String(port), "--persist-to", stateFolder],
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
      this.#child.on("message", (message) => readReady(message) && resolve());
    });
    const { stdout, stderr } = this.#child;
    if (stdout) forwardLog(stdout, process.stdout, () => !this.#isReady || this.#stoppingSince !== undefined);
    if (stderr) forwardLog(stderr, process.stderr, () => this.#stoppingSince !== undefined);
  }

  /** Resolves when requests are answered; a Worker that doesn't compile delays that until it does. To `false` when stopped before. */
  async ready(): Promise<boolean> {
    await this.#listening;
    // wrangler already takes requests while the Workers are still starting; it answers this one when they have.
    while (!this.#isReady && this.#stoppingSince === undefined) {
      this.#isReady = await fetch(this.#probe).then(
        () => true,
        () => sleep(100, false, { ref: false }),
      );
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
