import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** In the process of a `ServerProcess`: listens, tells whoever started it where, and ends with them. */
export function serveParent(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  tell: (report: { readonly port: number }) => void,
): void {
  process.on("disconnect", () => process.exit());
  // A connection that nobody uses stays: closed after five seconds, it would break whoever asks again in that moment.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    // Whoever asks may leave at any moment.
    serve(request, response).catch(() => response.destroy());
  }).listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object" && address) tell({ port: address.port });
  });
}
