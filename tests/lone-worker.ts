import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestHarness } from "wrangler";
import { readWorker } from "../scripts/workers.ts";

/** A Worker of a test's own, by itself in workerd. */
export class LoneWorker {
  readonly #harness: ReturnType<typeof createTestHarness>;
  readonly #folder: string;
  readonly #url: URL;

  private constructor(harness: ReturnType<typeof createTestHarness>, folder: string, url: URL) {
    this.#harness = harness;
    this.#folder = folder;
    this.#url = url;
  }

  /** @param file of this folder @param like the folder of the Worker whose runtime it has */
  static async start(file: string, like: string): Promise<LoneWorker> {
    const { compatibilityDate, compatibilityFlags } = readWorker(like);
    const folder = await mkdtemp(join(tmpdir(), "revint-lone-worker-"));
    const configPath = join(folder, "wrangler.json");
    const config = {
      ...{ name: "lone", main: join(import.meta.dirname, file) },
      ...{ compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags },
    };
    await writeFile(configPath, JSON.stringify(config));
    const harness = createTestHarness({ workers: [{ configPath }] });
    const { url } = await harness.listen();
    return new LoneWorker(harness, folder, new URL(url));
  }

  /** Sends it something. */
  post(body: string): Promise<Response> {
    return fetch(this.#url, { method: "POST", body });
  }

  async close(): Promise<void> {
    await this.#harness.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
