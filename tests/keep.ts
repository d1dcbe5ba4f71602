import { onTestFinished } from "vitest";

interface Closable {
  close(): void | Promise<void>;
}

/** Ends with the test. Files share this module: it must hold nothing of any of them. */
export function keep<T extends Closable>(one: T): T {
  onTestFinished(() => one.close());
  return one;
}
