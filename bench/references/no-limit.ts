import { WorkerEntrypoint } from "cloudflare:workers";

/** Stands where requests of an address are limited: the bench asks how much goes through. */
export default class extends WorkerEntrypoint {
  limit(): { success: boolean } {
    return { success: true };
  }
}
