/**
 * What a call answers, or an error when it takes too long; what it does goes on.
 * Its timer goes with the answer: one that went on would keep the object from hibernating.
 */
export async function withTimeout<T>(call: () => Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("no answer in time")), ms);
  try {
    return await Promise.race([call(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
