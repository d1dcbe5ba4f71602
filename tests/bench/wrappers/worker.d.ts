/** The built Worker that a counted one wraps; workerd gets it under this name. */
declare module "worker" {
  type Storage = Parameters<import("./counts.ts").Counter["watch"]>[0];
  type DurableObjectClass = new (ctx: { readonly storage: Storage }, env: unknown) => object;

  const worker: {
    fetch(request: Request, env: unknown, ctx: unknown): Response | Promise<Response>;
  };
  export default worker;
  export const SessionRoom: DurableObjectClass;
  export const ReactionLedger: DurableObjectClass;
}
