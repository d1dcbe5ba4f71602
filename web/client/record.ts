/** A record that inherits nothing: its keys come from outside, and `constructor` is a word like any other. */
export function toRecord<T>(entries: Iterable<readonly [key: string, value: T]>): Record<string, T> {
  const record: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) record[key] = value;
  return record;
}

/** What a record holds itself under this key, whatever it inherits. */
export const getOwn = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
