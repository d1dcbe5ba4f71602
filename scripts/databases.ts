import { z } from "zod";
import { Failure } from "./failure.ts";
import { type Database, readWorkers, selectWorker, type Worker } from "./workers.ts";
import { runWrangler, type WranglerRun } from "./wrangler.ts";

/** Where a database is: Cloudflare's, or the one of `npm start` in this folder. */
export type DatabasePlace = { readonly remote: true } | { readonly folder: string };

/** A D1 database of the account. */
const Listed = z.array(z.object({ name: z.string() }));

/** The names of all D1 databases of the account. @throws Failure */
export async function listDatabases(): Promise<string[]> {
  const { code, stdout, stderr } = await runWrangler(["d1", "list", "--json"]);
  if (code === 0) return Listed.parse(JSON.parse(stdout)).map(({ name }) => name);
  throw new Failure(`The D1 databases can't be listed:\n${stderr}
An API token needs "D1: Edit" for them (docs/deployment.md, "From CI").`);
}

/**
 * Creates what is not there yet of a Worker's databases, and brings their tables up to date: before its new code is
 * there, which needs them. Done again, it does only what is left.
 * @returns what wrangler said where it failed
 */
export async function prepareDatabases(worker: Worker): Promise<string | undefined> {
  if (worker.databases.length === 0) return undefined;
  const existing = await listDatabases();
  for (const database of worker.databases) {
    if (!existing.includes(database.name)) {
      const { code, stderr } = await runWrangler(["d1", "create", database.name]);
      if (code !== 0) return stderr;
      console.log(`The D1 database ${database.name} is created.`);
    }
    const { code, stderr } = await applyMigrations(worker, database, { remote: true });
    if (code !== 0) return stderr;
    console.log(`The tables of ${database.name} are up to date.`);
  }
  return undefined;
}

/** Makes, or changes, the tables of all databases of `npm start`. @throws Failure */
export async function prepareLocalDatabases(folder: string): Promise<void> {
  for (const worker of readWorkers()) {
    for (const database of worker.databases) {
      const { code, stderr } = await applyMigrations(worker, database, { folder });
      if (code !== 0) throw new Failure(`The tables of ${database.name} can't be made:\n${stderr}`);
    }
  }
}

/** `migrations_dir` is read from where its wrangler file is: never from a generated one. */
const applyMigrations = (worker: Worker, { binding }: Database, place: DatabasePlace): Promise<WranglerRun> =>
  runWrangler(["d1", "migrations", "apply", binding, ...selectWorker(worker), ...selectPlace(place)]);

/** The arguments that tell wrangler which database is meant. */
export const selectPlace = (place: DatabasePlace): string[] =>
  "remote" in place ? ["--remote"] : ["--local", "--persist-to", place.folder];

/** Deletes a database and everything in it. */
export async function deleteDatabase(name: string): Promise<void> {
  const { code, stderr } = await runWrangler(["d1", "delete", name, "-y"]);
  if (code !== 0) throw new Failure(`The D1 database ${name} was not deleted:\n${stderr}`);
}
