import * as z from "zod";

/** What erases a page at a time answers: whether there is more. */
export const Left = z.object({ left: z.boolean() });
