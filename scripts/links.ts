/** Whether only this very computer can open it. */
export const isOnlyHere = (url: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
