import { cp } from "node:fs/promises";
import { join } from "node:path";
import { type BuiltWorker, buildStandIns, buildWorkers, buildWrapper } from "./bundles.ts";
import { Folder } from "./folder.ts";
import { LoadClient } from "./load-client.ts";
import { NodeReference, startReferences } from "./references.ts";
import { Revint, type RevintOptions } from "./revint.ts";
import type { Workerd } from "./workerd.ts";
import type { WorkerService } from "./workerd-config.ts";

/** Everything one run starts, so that all of it ends with the run. */
export class Stage {
  readonly #folder: Folder;
  readonly built: readonly BuiltWorker[];
  readonly #ending: (() => Promise<void>)[] = [];
  #revint: Promise<Revint> | undefined;
  #references: Promise<Workerd> | undefined;
  #count = 0;

  private constructor(folder: Folder, built: readonly BuiltWorker[]) {
    this.#folder = folder;
    this.built = built;
  }

  /** Builds everything once. */
  static async open(): Promise<Stage> {
    const folder = await Folder.create();
    try {
      const bundles = join(folder.path, "bundles");
      const built = await buildWorkers(bundles);
      await buildStandIns(bundles);
      return new Stage(folder, built);
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  /** A folder of its own for one workerd, with all bundles in it. */
  folder(): Promise<string> {
    return this.#fill(join(this.#folder.path, `workerd-${++this.#count}`));
  }

  /** The same in memory, where that is to be had. */
  async memoryFolder(): Promise<string> {
    const folder = await Folder.createInMemory();
    this.#ending.push(() => folder.close());
    return this.#fill(join(folder.path, "workerd"));
  }

  async #fill(path: string): Promise<string> {
    await cp(join(this.#folder.path, "bundles"), path, {
      recursive: true,
      filter: (source) => !source.includes("build-"),
    });
    return path;
  }

  /** The one that most measurements share. */
  revint(): Promise<Revint> {
    this.#revint ??= this.startRevint();
    return this.#revint;
  }

  /** One of its own, e.g. with other settings; close it when it is no longer needed. */
  async startRevint(options: RevintOptions = {}, folder?: string): Promise<Revint> {
    const revint = await Revint.start(folder ?? (await this.folder()), this.built, options);
    this.#ending.push(() => revint.close());
    return revint;
  }

  /** One with some of its Workers inside wrappers, by name; a wrapper's `entrypoint` gets a socket. */
  async startWrapped(
    wrappers: Readonly<Record<string, string>>,
    options: RevintOptions = {},
    entrypoint?: string,
  ): Promise<Revint> {
    const folder = await this.folder();
    for (const name of Object.values(wrappers)) await buildWrapper(folder, name);
    const replace = (service: WorkerService): WorkerService => {
      const wrapper = wrappers[service.name];
      if (wrapper === undefined) return service;
      return {
        ...service,
        bundle: `${wrapper}.js`,
        modules: { worker: service.bundle },
        ...(entrypoint !== undefined && { entrypoint }),
      };
    };
    return this.startRevint({ ...options, replace }, folder);
  }

  /** R0 to R4 and P3. */
  references(): Promise<Workerd> {
    this.#references ??= this.startReferences();
    return this.#references;
  }

  async startReferences(): Promise<Workerd> {
    const workerd = await startReferences(await this.folder());
    this.#ending.push(() => workerd.close());
    return workerd;
  }

  /** P1 or P2. */
  async startNode(name: Parameters<typeof NodeReference.start>[0]): Promise<NodeReference> {
    const reference = await NodeReference.start(name);
    this.#ending.push(async () => reference.close());
    return reference;
  }

  client(): LoadClient {
    const client = new LoadClient();
    this.#ending.push(() => client.close());
    return client;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#ending.map((end) => end()));
    await this.#folder.close();
  }
}
