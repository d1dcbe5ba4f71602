import { nameMoment, nameTime } from "../ui/duration.ts";

const NEAR_MS = 20 * 3_600_000;

/** A moment, as exactly as somebody needs it who looks now. */
export function nameWhen(at: number): string {
  const span = Math.abs(Date.now() - at);
  return span < NEAR_MS ? nameTime(at, span) : nameMoment(at);
}
