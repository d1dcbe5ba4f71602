import * as z from "zod";

/** What `GET /healthz` answers: with 200 when everything answers, else with 503. */
export const Health = z.object({
  ok: z.boolean(),
  /** What does not answer, by its name: a store, or a secret that is not set. */
  missing: z.array(z.string()),
});
export type Health = z.infer<typeof Health>;
