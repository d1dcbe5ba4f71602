import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare, NoOpLog } from "miniflare";
import { readWorker } from "../scripts/workers.ts";
import { runWrangler } from "../scripts/wrangler.ts";

/** A Worker of a test's own, by itself in workerd, with the network that workerd has. */
export class LoneWorker {
  readonly #miniflare: Miniflare;
  readonly #url: URL;

  private constructor(miniflare: Miniflare, url: URL) {
    this.#miniflare = miniflare;
    this.#url = url;
  }

  /** @param name of a file of this folder @param like the folder of the Worker whose runtime it has */
  static async start(name: string, like: string): Promise<LoneWorker> {
    const { compatibilityDate, compatibilityFlags } = readWorker(like);
    const folder = await mkdtemp(join(tmpdir(), "revint-lone-worker-"));
    const config = join(folder, "wrangler.json");
    const settings = {
      ...{ name: "lone", main: join(import.meta.dirname, `${name}.ts`) },
      ...{ compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags },
    };
    await writeFile(config, JSON.stringify(settings));
    const args = ["deploy", "--dry-run", "--config", config, "--outdir", folder];
    const { code, stderr } = await runWrangler(args);
    if (code !== 0) throw new Error(stderr);
    const miniflare = new Miniflare(
      convertV4MiniflareOptions({
        modulesRoot: folder,
        modules: [{ type: "ESModule", path: join(folder, `${name}.js`) }],
        ...{ compatibilityDate, compatibilityFlags: [...compatibilityFlags] },
        ...{ host: "127.0.0.1", port: 0, cf: false, log: new NoOpLog() },
      }),
    );
    const url = await miniflare.ready;
    await rm(folder, { recursive: true });
    return new LoneWorker(miniflare, url);
  }

  /** Sends it something. */
  post(body: string): Promise<Response> {
    return fetch(this.#url, { method: "POST", body });
  }

  close(): Promise<void> {
    return this.#miniflare.dispose();
  }
}
