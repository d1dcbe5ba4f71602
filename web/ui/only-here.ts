/** Whether only this very computer can open it: no phone can. */
export const isOnlyHere = (url: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url, globalThis.location?.href).hostname);
