/** What a tab keeps over a reload and forgets when it is closed. Where the browser forbids it: nothing. */
export const tabStorage = {
  get: (key: string): string | undefined => attempt((storage) => storage.getItem(key)) ?? undefined,
  set: (key: string, value: string): void => attempt((storage) => storage.setItem(key, value)),
  remove: (key: string): void => attempt((storage) => storage.removeItem(key)),
};

function attempt<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}
