import { afterEach } from "vitest";

interface Closable {
  close(): void | Promise<void>;
}

const open = new Set<Closable>();

afterEach(async () => {
  for (const one of open) await one.close();
  open.clear();
});

/** Ends with the test. */
export function keep<T extends Closable>(one: T): T {
  open.add(one);
  return one;
}
