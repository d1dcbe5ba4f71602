import { copyFile, link, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import * as z from "zod";
import { errorCode, Failure } from "../failure.ts";
import { FORMAT, secretsFolderOf, stateFolderOf } from "./data-folder.ts";

/** All pages in one step: of one moment, however much is being written meanwhile. */
const ALL_PAGES = 2_147_483_647;
/** A blob may be replaced while we look for it: then its database is read once more, this often at most. */
const ATTEMPTS = 20;

/** Says that a backup is whole, and what can read it: written last. */
export const MANIFEST = "backup.json";
export const Manifest = z.object({ format: z.number().int().positive(), madeAt: z.iso.datetime() });

/**
 * What knows of something goes before what it knows of: so all that a copy names is in it. A room counts what its ledger
 * keeps, a row of a deck names its file, the list of flows their sessions. What came to its ledger after its room was
 * copied, the room asks for, as it does after every restart.
 */
const ORDER: readonly RegExp[] = [
  /^do\/revint-automations-FlowIndex\//,
  /^do\/revint-session-store-JoinDirectory\//,
  /^d1\//,
  /^do\/revint-(automations|recap)-/,
  /^do\/revint-session-store-SessionRoom\//,
  /^do\//,
];

/** Stores whose databases name files beside them: Miniflare's for KV and R2. */
const WITH_BLOBS = ["kv", "r2"] as const;

/**
 * Copies a data folder into an empty one, also while it is in use. Each database is of one moment; what was acknowledged
 * before the copy began is in it.
 * @throws Failure when it is no data folder, or one of its parts can't be read
 */
export async function copyDataFolder(data: string, target: string): Promise<void> {
  const state = join(stateFolderOf(data), "v3");
  const names = await listFiles(state).catch(() => undefined);
  if (names === undefined) throw new Failure(`${data} is no data folder that \`npm run serve\` has used.`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  await copySecrets(secretsFolderOf(data), secretsFolderOf(target));
  const place = join(stateFolderOf(target), "v3");
  const isBlobStore = (name: string) => WITH_BLOBS.some((store) => name.startsWith(`${store}/`));
  const databases = names.filter((name) => name.endsWith(".sqlite") && !isThrownAway(name));
  for (const name of sort(databases.filter((name) => !isBlobStore(name)))) {
    await copyDatabase(join(state, name), join(place, name));
  }
  for (const store of WITH_BLOBS) {
    const own = databases.filter((name) => name.startsWith(`${store}/`));
    await copyWithBlobs(state, place, store, own);
  }
  const format = `${JSON.stringify({ format: FORMAT })}\n`;
  await writeFile(join(target, "revint.json"), format, { mode: 0o600 });
  const manifest = { format: FORMAT, madeAt: new Date().toISOString() } satisfies z.output<typeof Manifest>;
  await writeFile(join(target, MANIFEST), `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
}

/** What is made anew where it is missing. */
const isThrownAway = (name: string): boolean => /^(cache|ratelimit)\//.test(name);

function sort(names: readonly string[]): string[] {
  const rank = (name: string) => ORDER.findIndex((pattern) => pattern.test(name));
  return [...names].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

async function copySecrets(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of await readdir(from)) {
    if (!name.endsWith(".tmp")) await copyFile(join(from, name), join(to, name));
  }
}

/** As SQLite copies a database that others write to. One that is gone meanwhile is left out. */
async function copyDatabase(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  let source: DatabaseSync;
  try {
    source = new DatabaseSync(from, { open: true, timeout: 10_000, readOnly: true });
  } catch (error) {
    if (/unable to open/.test(String(error))) return;
    throw error;
  }
  try {
    await backup(source, to, { rate: ALL_PAGES });
  } catch (error) {
    throw new Failure(`${from} can't be copied: ${String(error)}`);
  } finally {
    source.close();
  }
}

/** A store's databases, and the files that they name, which never change: a new value is a new file. */
async function copyWithBlobs(
  state: string,
  place: string,
  store: string,
  databases: readonly string[],
): Promise<void> {
  const blobsOf = async () =>
    (await listFiles(join(state, store)).catch(() => [])).filter((name) => !/\.sqlite(-\w+)?$/.test(name));
  for (let attempt = 1; ; attempt++) {
    // Before, and after: what a copy names was there in between, and is gone only if it went within that time.
    await linkAll(join(state, store), join(place, store), await blobsOf());
    for (const name of databases) await copyDatabase(join(state, name), join(place, name));
    await linkAll(join(state, store), join(place, store), await blobsOf());
    const kept = new Set(
      (await listFiles(join(place, store)).catch(() => [])).map((name) => name.split("/").at(-1)),
    );
    const missing = databases
      .flatMap((name) => listBlobs(join(place, name)))
      .filter((blob) => !kept.has(blob));
    if (missing.length === 0) return;
    if (attempt === ATTEMPTS) {
      throw new Failure(
        `Files of ${store} change faster than they can be copied. Try again in a quieter moment.`,
      );
    }
  }
}

async function linkAll(from: string, to: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await link(join(from, name), join(to, name)).catch(async (error: unknown) => {
      const code = errorCode(error);
      // There from before; or gone meanwhile.
      if (code === "EEXIST" || code === "ENOENT") return;
      // Another file system, or one without links.
      await copyFile(join(from, name), join(to, name));
    });
  }
}

/** The blobs that a database names, in whichever of its tables. */
function listBlobs(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare(
      "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'blob_id'",
    );
    return tables.all().flatMap(({ name }) =>
      database
        .prepare(`SELECT blob_id FROM "${String(name)}" WHERE blob_id IS NOT NULL`)
        .all()
        .map(({ blob_id }) => String(blob_id)),
    );
  } finally {
    database.close();
  }
}

/** All files below a folder, by their paths in it. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** Where a copy is made before it is whole. */
export const draftOf = (target: string): string => `${target}.${process.pid}.tmp`;

export const removeDraft = (draft: string): Promise<void> => rm(draft, { recursive: true, force: true });
