import { readFileSync, rmSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { type Address, checkAddress } from "./address.ts";

/** Where `npm start` keeps everything. */
export const STATE_FOLDER = ".wrangler/state";
const lockFile = ".wrangler/dev/state.lock";

/** Who keeps its sessions in `.wrangler/state` right now. */
const Lock = z.object({ pid: z.number(), host: z.string(), port: z.number(), since: z.number() });
type Lock = z.infer<typeof Lock>;

/**
 * The folder where this run keeps its sessions: `.wrangler/state`, unless another `npm start` of this
 * checkout is using it. Two would overwrite each other's objects (SQLITE_BUSY at best), so the second
 * keeps its own, named after its port. Let go of it when this process ends.
 */
export async function claimStateFolder({ host, port }: Address): Promise<string> {
  const holder = await readLock();
  if (holder !== undefined && (await isRunning(holder))) return `${STATE_FOLDER}-${port}`;
  await mkdir(".wrangler/dev", { recursive: true });
  await writeFile(
    lockFile,
    JSON.stringify({ pid: process.pid, host, port, since: Date.now() } satisfies Lock),
  );
  process.once("exit", () => {
    if (parseLock(readFileSync(lockFile, "utf8"))?.pid === process.pid) rmSync(lockFile, { force: true });
  });
  return STATE_FOLDER;
}

/** Where this checkout's `npm start` listens right now, if it runs. */
export async function getRunningAddress(): Promise<Address | undefined> {
  const holder = await readLock();
  return holder !== undefined && (await isRunning(holder)) ? holder : undefined;
}

async function readLock(): Promise<Lock | undefined> {
  return parseLock(await readFile(lockFile, "utf8").catch(() => ""));
}

function parseLock(text: string): Lock | undefined {
  try {
    return Lock.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A process id alone may belong to someone else by now: the port has to be taken too, unless it is still starting. */
async function isRunning({ pid, host, port, since }: Lock): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (Date.now() - since < 15_000) return true;
  return checkAddress({ host, port }).then(
    () => false,
    () => true,
  );
}
