import { SessionRoom as Room } from "worker";
import { Counter } from "./counts.ts";

const counter = new Counter();

/** session-store as it is deployed, and its operations counted. */
export class SessionRoom extends Room {
  constructor(ctx: ConstructorParameters<typeof Room>[0], env: unknown) {
    counter.watch(ctx.storage);
    super(ctx, env);
  }
}
counter.countCalls(SessionRoom.prototype, Room.prototype);

/** What was counted, at a socket of its own. */
export const Counts = { fetch: (): Response => Response.json(counter.read()) };

export { default } from "worker";
