/** What references take of the runtime's own module. */
declare module "cloudflare:workers" {
  export class WorkerEntrypoint {}
}
