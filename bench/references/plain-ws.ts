import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";

/** P2: plain `ws` on Node. What it is posted goes to everyone. */
const http = createServer(async (request, response) => {
  const message = await text(request);
  for (const socket of server.clients) socket.send(message);
  response.end("ok");
});
const server = new WebSocketServer({ server: http, perMessageDeflate: false });

http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object") process.send?.(address?.port);
});
process.on("disconnect", () => process.exit());
