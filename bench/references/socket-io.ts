import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Server } from "socket.io";

/** P1: socket.io, the way most people broadcast today. What it is posted goes to everyone as one event. */
const http = createServer(async (request, response) => {
  const message = await text(request);
  io.emit("state", message);
  response.end("ok");
});
const io = new Server(http, { transports: ["websocket"], serveClient: false });

http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object") process.send?.(address?.port);
});
process.on("disconnect", () => process.exit());
