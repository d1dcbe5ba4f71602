/** What one message says at most, in UTF-16 units of JSON, so that it is not too large for a bad line. */
const MESSAGE_LENGTH = 8192;

/** Into so many messages that none is too long; what is longer by itself has one of its own. */
export function divide<T>(parts: readonly T[]): T[][] {
  const messages: T[][] = [];
  let room = 0;
  for (const part of parts) {
    const { length } = JSON.stringify(part);
    if (length > room) {
      messages.push([]);
      room = MESSAGE_LENGTH;
    }
    messages.at(-1)?.push(part);
    room -= length;
  }
  return messages;
}
