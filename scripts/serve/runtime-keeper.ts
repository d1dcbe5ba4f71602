import { ChildProcess, spawn } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { basename } from "node:path";
import * as z from "zod";

const Started = z.object({ process: z.instanceof(ChildProcess) });

/**
 * Sees to it that no runtime outlives this process: one that did, after a SIGKILL, would go on writing to a data folder
 * that the next start takes. A shell waits beside each for a pipe of ours to close, as all do when a process ends, and
 * ends the runtime then. Where there is no `sh`, nobody does.
 * @returns ends the watching
 */
export function keepRuntimes(): () => void {
  const onStart = (message: unknown) => {
    const { data } = Started.safeParse(message);
    data?.process.once("spawn", () => {
      if (/^workerd/.test(basename(data.process.spawnfile))) guard(data.process);
    });
  };
  subscribe("child_process", onStart);
  return () => unsubscribe("child_process", onStart);
}

function guard(runtime: ChildProcess): void {
  const watch = spawn("sh", ["-c", `read -r _; kill -9 ${Number(runtime.pid)}`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watch.on("error", () => {});
  watch.unref();
  // Its number may be somebody else's soon.
  runtime.once("exit", () => watch.kill("SIGKILL"));
}
