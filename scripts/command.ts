import { errorCode, Failure } from "./failure.ts";

/**
 * Runs one script of package.json: `--help` prints `usage`, a `Failure` or a wrong argument is
 * told in plain words, and whatever goes wrong ends with exit code 1.
 */
export async function runCommand(usage: string, main: (args: string[]) => Promise<void>): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(usage.trim());
    return;
  }
  try {
    await main(args);
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Failure) return console.error(error.message);
    if (errorCode(error)?.startsWith("ERR_PARSE_ARGS") && error instanceof Error) {
      return console.error(`${error.message}\n\n${usage.trim()}`);
    }
    console.error(error);
  }
}
