/** Notes, as one line of JSON, what went wrong although nobody is answered with it. @param more what belongs to it */
export const logFailure = (message: string, error: unknown, more: Record<string, string> = {}): void =>
  console.error(JSON.stringify({ message, ...more, error: String(error) }));
