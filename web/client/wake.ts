/**
 * Calls back when a lost connection is worth a look at once: the network is back, or the phone is
 * in the hand again, which a page that was frozen may learn of in any of these ways. Where there is
 * no window, never. The returned function stops it.
 */
export function onWake(listener: () => void): () => void {
  if (typeof window === "undefined" || typeof document === "undefined") return () => {};
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener("online", listener, { signal });
  window.addEventListener("pageshow", listener, { signal });
  document.addEventListener("resume", listener, { signal });
  document.addEventListener(
    "visibilitychange",
    () => {
      if (!isHidden()) listener();
    },
    { signal },
  );
  return () => stop.abort();
}

/** Whether nobody can see the page. Where there is none, somebody looks. */
export const isHidden = (): boolean =>
  typeof document !== "undefined" && document.visibilityState === "hidden";
