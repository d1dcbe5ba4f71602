import * as z from "zod";
import { RoomName, roomName } from "../../shared/identity.ts";
import type { SessionRoom } from "./session-room.ts";

/** How large a room grows, and how many rooms it feeds: vars of the Worker, small ones in tests. */
export const RoomSettings = z.object({
  ROOM_CAPACITY: z.coerce.number().int().positive(),
  ROOM_FANOUT: z.coerce.number().int().positive(),
});
export type RoomSettings = z.infer<typeof RoomSettings>;

/** Which room of which session an object is, from its own name. */
export function readRoomName(name: string | undefined): { session: string; room: number } {
  const [session = "", room = ""] = RoomName.parse(name).split(".");
  return { session, room: Number(room) };
}

/** The object of a room. */
export const roomNamed = (
  env: SessionStoreEnv,
  session: string,
  room: number,
): DurableObjectStub<SessionRoom> => env.SESSION_ROOM.getByName(roomName(session, room));
