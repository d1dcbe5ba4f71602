import type { ObjectNamespace, ObjectState } from "./runtime.ts";

/** R2, second hop: one Durable Object per session, named in the path. */
export default {
  fetch(request: Request, env: { LOG: ObjectNamespace }): Promise<Response> {
    return env.LOG.getByName(new URL(request.url).pathname).fetch(request);
  },
};

/** R2: the obvious way to keep a reaction, one row for each. The answer waits until it is durable. */
export class ReactionLog {
  readonly #state: ObjectState;

  constructor(state: ObjectState) {
    this.#state = state;
    state.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS reactions (id INTEGER PRIMARY KEY, at INTEGER, uid TEXT, page TEXT, reaction TEXT)",
    );
  }

  async fetch(request: Request): Promise<Response> {
    const { uid, page, reaction }: Record<string, string> = await request.json();
    this.#state.storage.sql.exec(
      "INSERT INTO reactions (at, uid, page, reaction) VALUES (?, ?, ?, ?)",
      Date.now(),
      uid ?? null,
      page ?? null,
      reaction ?? null,
    );
    return Response.json({ success: true });
  }
}
