import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { errorCode, Failure } from "../failure.ts";

/** Packs what is in a folder into a tar file. @throws Failure */
export const packTar = (folder: string, file: string): Promise<void> => run("-cf", file, "-C", folder, ".");

/** Unpacks a tar file into a folder that is there: as files of whoever does it, and nowhere else. @throws Failure */
export const unpackTar = (file: string, folder: string): Promise<void> =>
  run("-xf", file, "-C", folder, "--no-same-owner");

async function run(...args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)("tar", args);
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      throw new Failure("There is no `tar` on this machine. Without the ending .tar, a backup is a folder.");
    }
    const reason = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Failure(`tar failed: ${reason}`);
  }
}
