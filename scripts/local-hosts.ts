import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { prepareLocalDatabases } from "./databases.ts";
import { type OneTimeSecret, offerFirstAccount } from "./host-accounts.ts";
import { type HostDatabase, WranglerDatabase } from "./host-database.ts";
import { LocalDatabase, type Migration } from "./local-database.ts";
import { readWorker } from "./workers.ts";

/**
 * Makes the tables of `npm start`, or brings them up to date, and sees to it that somebody can sign in: an account is
 * there, and until anybody has a way into one, each start makes a new link into it. Before the Workers run.
 * @param folder where `npm start` keeps everything
 * @returns what lets its owner in; `undefined` when that has been used
 */
export async function prepareLocalHosts(folder: string): Promise<OneTimeSecret | undefined> {
  const file = await openLocalHosts(folder);
  try {
    // Should wrangler keep it elsewhere some day, this takes longer.
    const database: HostDatabase = file ?? new WranglerDatabase({ folder });
    return await offerFirstAccount(database);
  } finally {
    file?.close();
  }
}

/** The migrations of host-store's tables that this version knows, in their order. */
export const listHostMigrations = (): string[] => readHostMigrations().map(({ name }) => name);

/** … and what they say. */
export const readHostMigrations = (): Migration[] =>
  readWorker("host-store")
    .databases.flatMap(({ migrations }) =>
      readdirSync(migrations)
        .filter((name) => name.endsWith(".sql"))
        .map((name) => ({ name, statements: readFileSync(join(migrations, name), "utf8") })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** host-store's database in this folder, its tables up to date; `undefined` where wrangler keeps it elsewhere. */
export async function openLocalHosts(folder: string): Promise<LocalDatabase | undefined> {
  const migrations = listHostMigrations();
  const file = LocalDatabase.open(folder, migrations);
  if (file !== undefined) return file;
  await prepareLocalDatabases(folder);
  return LocalDatabase.open(folder, migrations);
}
