import { readdirSync } from "node:fs";
import { prepareLocalDatabases } from "./databases.ts";
import { type OneTimeSecret, offerFirstAccount } from "./host-accounts.ts";
import { type HostDatabase, WranglerDatabase } from "./host-database.ts";
import { LocalDatabase } from "./local-database.ts";
import { readWorker } from "./workers.ts";

/**
 * Makes the tables of `npm start`, or brings them up to date, and sees to it that somebody can sign in: an account is
 * there, and until anybody has a way into one, each start makes a new link into it. Before the Workers run.
 * @param folder where `npm start` keeps everything
 * @returns what lets its owner in; `undefined` when that has been used
 */
export async function prepareLocalHosts(folder: string): Promise<OneTimeSecret | undefined> {
  const migrations = readWorker("host-store").databases.flatMap((database) =>
    readdirSync(database.migrations).filter((file) => file.endsWith(".sql")),
  );
  const open = () => LocalDatabase.open(folder, migrations.sort());
  let file = open();
  if (file === undefined) {
    await prepareLocalDatabases(folder);
    file = open();
  }
  try {
    // Should wrangler keep it elsewhere some day, this takes longer.
    const database: HostDatabase = file ?? new WranglerDatabase({ folder });
    return await offerFirstAccount(database);
  } finally {
    file?.close();
  }
}
