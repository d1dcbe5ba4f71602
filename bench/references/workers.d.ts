/** What references take of the runtime's own module. */
declare module "cloudflare:workers" {
  export class WorkerEntrypoint {}

  export class DurableObject<Env> {
    protected readonly ctx: import("./runtime.ts").ObjectState;
    protected readonly env: Env;
    constructor(state: import("./runtime.ts").ObjectState, env: Env);
  }
}
