import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type DatabasePlace, selectPlace } from "./databases.ts";
import { Failure } from "./failure.ts";
import { readWorker, selectWorker } from "./workers.ts";
import { runWrangler } from "./wrangler.ts";

const BINDING = "HOST_DB";

const Answer = z.array(z.object({ results: z.array(z.unknown()) }));

/** host-store's database, as scripts reach it: past the Worker, which has no route for what they do. */
export interface HostDatabase {
  /** Runs statements in one transaction. @returns the rows of each */
  run(...statements: readonly string[]): Promise<unknown[][]>;
}

/** … by wrangler, which reaches that of a deployment, and that of `npm start`, which may run meanwhile. */
export class WranglerDatabase implements HostDatabase {
  readonly #place: DatabasePlace;

  constructor(place: DatabasePlace) {
    this.#place = place;
  }

  /** @throws Failure when there is no such database yet, or it can't be reached */
  async run(...statements: readonly string[]): Promise<unknown[][]> {
    if ("folder" in this.#place && !existsSync(join(this.#place.folder, "v3", "d1")))
      throw missing("npm start");
    const { code, stdout, stderr } = await runWrangler([
      ...["d1", "execute", BINDING, ...selectWorker(readWorker("host-store")), ...selectPlace(this.#place)],
      ...["--json", "--command", statements.join(";\n")],
    ]);
    if (code === 0) return Answer.parse(JSON.parse(stdout)).map(({ results }) => results);
    throw this.#explain(`${stderr}\n${stdout}`.trim());
  }

  #explain(reason: string): Failure {
    const isLocal = "folder" in this.#place;
    if (/no such table/.test(reason)) return missing(isLocal ? "npm start" : "npm run deploy");
    if (!isLocal && /Couldn't find an? .*D1 DB/.test(reason)) return missing("npm run deploy");
    return new Failure(`The database can't be asked:\n${reason}`);
  }
}

const missing = (maker: string): Failure =>
  new Failure(
    `Nothing was done: there are no accounts yet, since their tables are not there. They are made by: ${maker}`,
  );
