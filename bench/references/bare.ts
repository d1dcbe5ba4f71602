/** R0: a Worker that does nothing. Nothing on this platform is faster. */
export default {
  fetch: (): Response => new Response("ok"),
};
