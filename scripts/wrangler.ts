import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

/** wrangler's own entry file; run with this very Node, whatever the PATH says. */
export const wranglerBin = fileURLToPath(import.meta.resolve("wrangler/package.json")).replace(
  /package\.json$/,
  "bin/wrangler.js",
);

/**
 * The environment for every wrangler we start: no telemetry, no banner, no log files, no questions
 * about other tools. CLOUDFLARE_ENV goes, because it would choose an environment behind our back.
 * This very Node comes first, for the `[build]` command, which needs one that runs TypeScript. What it has compiled of
 * wrangler's twelve megabytes, the next one takes from there: each starts a fifth sooner.
 */
export function wranglerEnvironment(): NodeJS.ProcessEnv {
  const { CLOUDFLARE_ENV: _, ...environment } = process.env;
  return {
    ...environment,
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? resolve(".wrangler/compile-cache"),
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_SEND_ERROR_REPORTS: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_WRITE_LOGS: "false",
    WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
  };
}

/** wrangler says no port where it listens at that of http itself. */
const HTTP_PORT = 80;

const Ready = z.object({
  event: z.literal("DEV_SERVER_READY"),
  ip: z.string(),
  port: z
    .number()
    .nullable()
    .transform((port) => port ?? HTTP_PORT),
});

/** Where `wrangler dev` takes requests, if this message to its parent says so. */
export function readReady(message: unknown): z.output<typeof Ready> | undefined {
  try {
    return Ready.parse(JSON.parse(String(message)));
  } catch {
    return undefined;
  }
}

export interface WranglerRun {
  readonly code: number;
  readonly stdout: string;
  /** Without colours. */
  readonly stderr: string;
  /** What wrangler reports for machines (WRANGLER_OUTPUT_FILE_PATH): one JSON value per line. */
  readonly report: readonly unknown[];
}

/** What wrangler reports about one deploy or dry-run. */
export const DeployReport = z.object({
  type: z.literal("deploy"),
  /** Addresses and schedules. */
  targets: z.array(z.string()).optional(),
  bundle_size: z.object({ raw_bytes: z.number(), gzip_bytes: z.number() }).optional(),
});
export type DeployReport = z.infer<typeof DeployReport>;

/**
 * Runs wrangler to its end. It has no stdin, so it never asks: it takes its defaults, creates
 * missing KV namespaces under their derived names and leaves our config files as they are.
 * @param show let it write to this terminal instead of keeping what it says
 */
export async function runWrangler(
  args: readonly string[],
  { show = false, environment = wranglerEnvironment() } = {},
): Promise<WranglerRun> {
  const folder = await mkdtemp(join(tmpdir(), "revint-"));
  const reportFile = join(folder, "report.ndjson");
  try {
    const child = spawn(process.execPath, [wranglerBin, ...args], {
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
      env: { ...environment, WRANGLER_OUTPUT_FILE_PATH: reportFile },
    });
    const [code, stdout, stderr] = await Promise.all([
      new Promise<number>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", (exitCode) => resolve(exitCode ?? 1));
      }),
      child.stdout ? text(child.stdout) : "",
      child.stderr ? text(child.stderr) : "",
    ]);
    const report = await readFile(reportFile, "utf8").catch(() => "");
    return {
      code,
      stdout,
      stderr: stripVTControlCharacters(stderr).trim(),
      report: report
        .split("\n")
        .filter((line) => line !== "")
        .map((line): unknown => JSON.parse(line)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The deploy a run reported, if it came that far. */
export function getDeployReport({ report }: WranglerRun): DeployReport | undefined {
  return report.map((entry) => DeployReport.safeParse(entry)).find(({ success }) => success)?.data;
}
