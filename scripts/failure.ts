/**
 * Something the person at the terminal can put right. It is shown as plain text, without a stack;
 * every other error is a bug and keeps its stack.
 */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** The code Node or the system gave an error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
