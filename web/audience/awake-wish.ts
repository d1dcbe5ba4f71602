import { localStorageIfAllowed, SafeStorage } from "../client/storage.ts";

const KEY = "revint:keep-screen-on";

const storage = new SafeStorage(localStorageIfAllowed());

export type AwakeWish = typeof awakeWish;

/** Whether the screen is to stay on, as somebody has said on this device, today or long ago. */
export const awakeWish = {
  get: (): boolean => storage.get(KEY) !== undefined,
  set: (isWanted: boolean): void => storage.set(KEY, isWanted ? "yes" : undefined),
};
