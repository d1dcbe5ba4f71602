/** The part of an object's storage that answers at once. Nothing here can wait, so no turn is ever cut in two. */
export interface SyncStorage {
  get<T>(key: string): T | undefined;
  put<T>(key: string, value: T): void;
  delete(key: string): unknown;
}
