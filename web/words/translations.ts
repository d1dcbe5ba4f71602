/*
 * Compares every file of words with the English one when types are checked. Written by `npm run types`.
 */
export type None = never;
