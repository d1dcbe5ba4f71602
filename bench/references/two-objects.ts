import { DurableObject } from "cloudflare:workers";
import type { ObjectState } from "./runtime.ts";

interface Insert {
  readonly uid: string;
  readonly page: string;
  readonly reaction: string;
}

interface Room {
  react(reaction: Insert): Promise<null>;
}
interface Log {
  append(reactions: readonly Insert[]): Promise<null>;
}
interface Env {
  readonly ROOM: { getByName(name: string): Room };
  readonly LOG: { getByName(name: string): Log };
}

/** R4: the way that a reaction of revint's takes, and nothing else: a room, which calls its ledger. One row for each. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    await env.ROOM.getByName(pathname).react(await request.json());
    return Response.json({ success: true });
  },
};

/** R4, second hop: one object per session. It keeps nothing. */
export class ReactionRoom extends DurableObject<Env> {
  async react(reaction: Insert): Promise<null> {
    return this.env.LOG.getByName("all").append([reaction]);
  }
}

/** R4, third hop. The answer waits until it is durable. */
export class ReactionRows extends DurableObject<Env> {
  constructor(state: ObjectState, env: Env) {
    super(state, env);
    state.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS reactions (id INTEGER PRIMARY KEY, at INTEGER, uid TEXT, page TEXT, reaction TEXT)",
    );
  }

  append(reactions: readonly Insert[]): null {
    for (const { uid, page, reaction } of reactions) {
      this.ctx.storage.sql.exec(
        "INSERT INTO reactions (at, uid, page, reaction) VALUES (?, ?, ?, ?)",
        ...[Date.now(), uid, page, reaction],
      );
    }
    return null;
  }
}
