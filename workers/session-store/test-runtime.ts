/** What rooms need of `cloudflare:workers` where none of workerd is around them; for `vi.mock`. */
export class DurableObject {
  readonly ctx: unknown;
  readonly env: unknown;

  constructor(ctx: unknown, env: unknown) {
    this.ctx = ctx;
    this.env = env;
  }
}
