/** The built Worker that one of these wraps; workerd gets it under this name. */
declare module "worker" {
  type Storage = Parameters<import("./counts.ts").Counter["watch"]>[0];

  const worker: { fetch(request: Request, env: object, context: unknown): Response | Promise<Response> };
  export default worker;
  export class SessionRoom {
    constructor(ctx: { readonly storage: Storage }, env: unknown);
  }
  export class ReactionLedger {
    constructor(ctx: { readonly storage: Storage }, env: unknown);
    append(batch: unknown): unknown;
  }
}
