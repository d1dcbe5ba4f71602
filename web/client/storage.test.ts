import { expect, test } from "vitest";
import { SafeStorage } from "./storage.ts";

const blocked = () => {
  throw new DOMException("denied", "SecurityError");
};

test("a storage that throws keeps nothing, and nobody notices", () => {
  const storage = new SafeStorage({ getItem: blocked, setItem: blocked, removeItem: blocked });
  storage.set("a", "1");
  expect(storage.get("a")).toBeUndefined();
  storage.set("a", undefined);
});

test("without a storage nothing is kept", () => {
  const storage = new SafeStorage(null);
  storage.set("a", "1");
  expect(storage.get("a")).toBeUndefined();
});
