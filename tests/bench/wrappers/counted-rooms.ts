import worker, { SessionRoom as Room } from "worker";
import { countedFetch } from "./counted-fetch.ts";
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

export default { fetch: countedFetch(worker, counter) };
