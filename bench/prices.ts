/**
 * What Cloudflare charges on the Workers Paid plan beyond what the plan includes, in dollars.
 * The one place to change when prices do; `npm run bench` writes docs/cost.md from it.
 */
export const PRICES = {
  /** When these were last compared with the sources; those of D1 and R2, later. */
  date: "2026-11-20",
  hostsDate: "2026-11-27",
  perMonth: { plan: 5 },
  perMillion: {
    workerRequests: 0.3,
    workerCpuMs: 0.02,
    objectRequests: 0.15,
    objectGbSeconds: 12.5,
    rowsRead: 0.001,
    rowsWritten: 1,
    kvReads: 0.5,
    kvWrites: 5,
    r2Writes: 4.5,
    r2Reads: 0.36,
  },
  /** A month of one GB. */
  storageGb: { objects: 0.2, kv: 0.5, d1: 0.75, r2: 0.015 },
  /** Each month, before anything of the above is charged. */
  included: {
    workerRequests: 10_000_000,
    workerCpuMs: 30_000_000,
    objectRequests: 1_000_000,
    objectGbSeconds: 400_000,
    rowsRead: 25_000_000_000,
    rowsWritten: 50_000_000,
    kvReads: 10_000_000,
    kvWrites: 1_000_000,
    r2Writes: 1_000_000,
    r2Reads: 10_000_000,
  },
  /** This many incoming pipe messages are one request of an object; outgoing ones cost nothing. */
  messagesPerRequest: 20,
  /** What an object is billed as while it is awake, in GB. */
  objectGb: 0.128,
  sources: [
    "https://developers.cloudflare.com/workers/platform/pricing/",
    "https://developers.cloudflare.com/durable-objects/platform/pricing/",
    "https://developers.cloudflare.com/kv/platform/pricing/",
    "https://developers.cloudflare.com/d1/platform/pricing/",
    "https://developers.cloudflare.com/r2/pricing/",
  ],
} as const;
