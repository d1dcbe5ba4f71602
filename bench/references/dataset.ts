/** Of what was written, the last so many points are kept. */
const KEPT = 50_000;

let points: string[] = [];

/**
 * Plays what stands behind a dataset of Analytics Engine: the runtime sends each point here, as JSON, the texts as their
 * bytes. `GET /points` tells them, and forgets them.
 */
export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === "GET") {
      const told = new Response(`[${points.join()}]`, { headers: { "Content-Type": "application/json" } });
      points = [];
      return told;
    }
    points.push(await request.text());
    if (points.length > 2 * KEPT) points = points.slice(-KEPT);
    return new Response();
  },
};
