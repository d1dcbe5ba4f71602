import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import { errorCode, Failure } from "../failure.ts";
import { LocalDatabase } from "../local-database.ts";
import { listHostMigrations } from "../local-hosts.ts";

/** How a data folder is laid out. A version that changes it so that older ones can't read it counts up. */
export const FORMAT = 1;
const FORMAT_FILE = "revint.json";
const LOCK_FILE = "lock";

/** Where in a data folder what is. */
export const stateFolderOf = (data: string): string => join(data, "state");
export const secretsFolderOf = (data: string): string => join(data, "secrets");

const Format = z.object({ format: z.number().int().positive() });

/**
 * Takes a data folder for this process, and makes it where there is none. The system gives it back when the process
 * ends, however it ends: no file says that somebody has it who is long gone.
 * @throws Failure when another process has it, a newer version has written it, or it is no folder of ours
 */
export async function claimDataFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw new Failure(`The data folder ${folder} can't be made (${errorCode(error)}). Another one: --data`);
  });
  await checkFormat(folder);
  lock(folder);
  await writeFile(join(folder, FORMAT_FILE), `${JSON.stringify({ format: FORMAT })}\n`, { mode: 0o600 });
}

/** Kept for as long as the process runs: with it goes the lock. */
let held: DatabaseSync | undefined;

function lock(folder: string): void {
  try {
    const database = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    held = database;
  } catch (error) {
    if (/locked/.test(String(error))) {
      throw new Failure(
        `The data folder ${folder} is in use by another \`npm run serve\`. End that one, or choose another folder: --data`,
      );
    }
    throw new Failure(`The data folder ${folder} can't be written to: ${String(error)}`);
  }
}

/** Gives it back before the process ends. */
export function releaseDataFolder(): void {
  held?.close();
  held = undefined;
}

/** @throws Failure unless this version can read what is there, if anything is */
export async function checkFormat(folder: string): Promise<void> {
  const text = await readFile(join(folder, FORMAT_FILE), "utf8").catch(() => undefined);
  const found = text === undefined ? undefined : parseFormat(text);
  if (text !== undefined && found === undefined) {
    throw new Failure(`${join(folder, FORMAT_FILE)} can't be read: is ${folder} a data folder of revint?`);
  }
  if (found !== undefined && found > FORMAT) throw newer(folder, `format ${found}, this one knows ${FORMAT}`);
  const known = listHostMigrations();
  const unknown = LocalDatabase.listMigrations(stateFolderOf(folder)).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw newer(folder, `its tables were changed by ${unknown.join(", ")}`);
}

function parseFormat(text: string): number | undefined {
  try {
    return Format.safeParse(JSON.parse(text)).data?.format;
  } catch {
    return undefined;
  }
}

const newer = (folder: string, why: string): Failure =>
  new Failure(
    `The data folder ${folder} is of a newer revint (${why}). Run that version, or restore a backup of before it: npm run restore`,
  );
