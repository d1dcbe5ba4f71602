import type { ObjectNamespace, ObjectState } from "./runtime.ts";

/** The floor of what a session takes: bare objects, named in the path, that run the statements they are sent. */
export default {
  fetch: (request: Request, env: { OBJECT: ObjectNamespace }): Promise<Response> =>
    env.OBJECT.getByName(new URL(request.url).pathname).fetch(request),
};

export class TableObject {
  readonly #state: ObjectState;

  constructor(state: ObjectState) {
    this.#state = state;
  }

  async fetch(request: Request): Promise<Response> {
    const statements: string[] = await request.json();
    for (const statement of statements) this.#state.storage.sql.exec(statement);
    return new Response("ok");
  }
}
