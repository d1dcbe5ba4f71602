import * as z from "zod";
import { OVERLAY_KEY, PARTICIPANT, ROOM_NAME, SESSION_HASH, SESSION_UID, UID } from "./identity.ts";

export const SessionHash = z.string().regex(SESSION_HASH, "not a session");
export const SessionUid = z.string().regex(SESSION_UID, "not a sessionUid");
export const Participant = z.string().regex(PARTICIPANT, "not a participant");
export const OverlayKey = z.string().regex(OVERLAY_KEY, "not an overlay's key");
export const Uid = z.string().regex(UID, "not a uid");
/** As a path part between stores. */
export const RoomName = z.string().regex(ROOM_NAME, "not a room");
