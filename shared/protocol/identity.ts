/*
 * The shapes of the names that travel. How they are made and checked is the api's business
 * (workers/api/keyring.ts); everybody else only reads them.
 *
 *   sessionUid   hash (18) + tag (8)                              26 characters
 *   participant  role (1) + room (4, base 36)
 *                + generation (1) + random (15)                   21 characters
 *   uid          participant + tag (22)                           43 characters
 *   overlay key  the same, with a tag of its own                  43 characters
 */

/** The one-way name of a session inside the stores: 104 bits of SHA-256 over its host token. */
export const SESSION_HASH = /^[\w-]{18}$/;

/** The public name of a session: its hash and a short tag that only the service can make. */
export const SESSION_UID = /^[\w-]{26}$/;

/** A uid without its tag: names a participant, but lets nobody in. */
export const PARTICIPANT = /^[huo][0-9a-z]{4}[\w-]{16}$/;

/** Whoever holds it is that participant of that session. */
export const UID = /^[huo][0-9a-z]{4}[\w-]{38}$/;

/** Whoever holds it may have that overlay's uid. */
export const OVERLAY_KEY = /^o[0-9a-z]{4}[\w-]{38}$/;

/** What `roomName` builds. */
export const ROOM_NAME = /^[\w-]{18}\.\d{1,7}$/;

/** What somebody is told: an overlay hears and reads what users do. */
export type Role = "host" | "user";

/** The first character of a participant's name. */
const LETTERS = { host: "h", user: "u", overlay: "o" } as const;

/** Who somebody is. */
export type ParticipantKind = keyof typeof LETTERS;

const ROOM_DIGITS = 4;

/** Rooms a session can have at most: what four base-36 digits count. */
export const ROOMS_CEILING = 36 ** ROOM_DIGITS;

/** Splits a sessionUid or a uid into what names and what proves. The input must have its schema's shape. */
export const splitSessionUid = (sessionUid: string) => ({
  hash: sessionUid.slice(0, 18),
  tag: sessionUid.slice(18),
});
export const splitUid = (uid: string) => ({ participant: uid.slice(0, 21), tag: uid.slice(21) });

/** 96 random bits, as 16 URL-safe characters. */
export const createRandom = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))))
    .replaceAll("+", "-")
    .replaceAll("/", "_");

/** The characters that count generations, in the order of base64url. */
const GENERATIONS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** How often a session's uids can be revoked. */
export const LAST_GENERATION = GENERATIONS.length - 1;

/**
 * Builds the name of a new participant.
 * @param random 16 URL-safe characters (96 bits)
 * @param generation takes the place of the first of them; left out, it is what is there
 */
export function createParticipant(
  kind: ParticipantKind,
  room: number,
  random: string,
  generation?: number,
): string {
  const end = generation === undefined ? random : `${GENERATIONS[generation] ?? ""}${random.slice(1)}`;
  return `${LETTERS[kind]}${room.toString(36).padStart(ROOM_DIGITS, "0")}${end}`;
}

/**
 * Whether a participant belongs to this generation of its session: a revocation raises it, and refuses the
 * names of before. Until the first one, every name is good.
 */
export const isOfGeneration = (participant: string, generation: number): boolean =>
  generation === 0 || participant[1 + ROOM_DIGITS] === GENERATIONS[generation];

export const getRole = (participant: string): Role =>
  participant.startsWith(LETTERS.host) ? "host" : "user";

/** Whether they are one of the audience: who takes a place, is counted, and may send something. */
export const isPerson = (participant: string): boolean => participant.startsWith(LETTERS.user);

/** Whether it is a page in a stream, which only listens. */
export const isOverlay = (participant: string): boolean => participant.startsWith(LETTERS.overlay);

/** The room a participant belongs to, for good. Works on a uid too. */
export const getRoom = (participant: string): number =>
  Number.parseInt(participant.slice(1, 1 + ROOM_DIGITS), 36);

/** The Durable Object of a room, or of its ledger. */
export const roomName = (session: string, room: number): string => `${session}.${room}`;
