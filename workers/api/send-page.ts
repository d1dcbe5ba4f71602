import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { RequestEnv } from "./request-env.ts";

/** One of our pages, which says itself why there is nothing else at this address: of no use to a browser that asks again. */
export async function sendPage(
  c: Context<RequestEnv>,
  path: "/join" | "/recap",
  status: ContentfulStatusCode,
  more: Readonly<Record<string, string>>,
): Promise<Response> {
  const page = await c.env.ASSETS.fetch(new URL(path, c.req.url));
  const headers = new Headers(page.headers);
  headers.delete("ETag");
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return c.newResponse(page.body, { status, headers });
}
