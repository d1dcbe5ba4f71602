/** Of the characters of a participant: role, room and generation come before the mark. */
const START = 6;
const LENGTH = 8;

/**
 * The random part of a new host's name, with a mark in it of the token that they came with: so the root knows which
 * of the hosts came with a token of before, and has no list of them.
 * @param random 16 characters, of which the first is the generation's
 */
export const markRandom = (random: string, tokenId: string): string =>
  random.slice(0, 1) + tokenId.slice(0, LENGTH) + random.slice(1 + LENGTH);

export const hasMark = (participant: string, tokenId: string): boolean =>
  participant.slice(START, START + LENGTH) === tokenId.slice(0, LENGTH);
