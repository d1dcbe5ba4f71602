import * as z from "zod";
import { RoomName } from "../../shared/protocol/identity.schema.ts";
import { roomName } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";

/**
 * Vars of the Worker: how large a room grows, how many rooms it feeds, how fast one participant
 * may react, and how long a place waits to be used. Tests take small rooms and short times, load tests a large bucket.
 */
export const RoomSettings = z.object({
  ROOM_CAPACITY: z.coerce.number().int().positive(),
  ROOM_FANOUT: z.coerce.number().int().positive(),
  REACTIONS_PER_SECOND: z.coerce.number().positive().default(LIMITS.reactionsPerSecond),
  REACTIONS_BURST: z.coerce.number().positive().default(LIMITS.reactionsBurst),
  PLACE_SECONDS: z.coerce
    .number()
    .positive()
    .default(LIMITS.placeMs / 1000),
});
export type RoomSettings = z.infer<typeof RoomSettings>;

/** Which room of which session an object is, from its own name. */
export function readRoomName(name: string | undefined): { session: string; room: number } {
  const [session = "", room = ""] = RoomName.parse(name).split(".");
  return { session, room: Number(room) };
}

/** The object of a room. */
export const roomNamed = (env: SessionStoreEnv, session: string, room: number) =>
  env.SESSION_ROOM.getByName(roomName(session, room));
