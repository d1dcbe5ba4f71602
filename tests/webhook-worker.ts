import * as z from "zod";
import { sendWebhook } from "../workers/automations/webhook/send.ts";

/** One message to be sent. */
const Order = z.object({
  url: z.string(),
  secret: z.string(),
  id: z.string(),
  body: z.string(),
  depth: z.number().optional(),
  isPrivateAllowed: z.boolean(),
  timeoutMs: z.number().optional(),
  /** Milliseconds after which whoever sends leaves. */
  leavesAfter: z.number().optional(),
});
export type Order = z.input<typeof Order>;

/** How it ended. */
export const Outcome = z.object({
  ok: z.boolean().optional(),
  problem: z.string().optional(),
  gone: z.boolean().optional(),
  retryAfter: z.number().optional(),
  thrown: z.string().optional(),
});

/** A Worker that sends one webhook for each request: the sender as it runs where it is deployed. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { leavesAfter, depth, timeoutMs, ...order } = Order.parse(await request.json());
    const controller = new AbortController();
    if (leavesAfter !== undefined) setTimeout(() => controller.abort(new Error("left")), leavesAfter);
    const outcome = await sendWebhook({
      ...order,
      ...(depth !== undefined && { depth }),
      ...(timeoutMs !== undefined && { timeoutMs }),
      signal: controller.signal,
    }).catch((error: unknown) => ({ thrown: String(error) }));
    return Response.json(outcome);
  },
};
