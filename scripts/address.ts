import { once } from "node:events";
import { createServer, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import { errorCode, Failure } from "./failure.ts";

/** Where `npm start` listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads HOST (127.0.0.1 when unset) and PORT (8787 when unset).
 * @throws Failure when PORT is not a port
 */
export function getAddress({ HOST, PORT }: NodeJS.ProcessEnv): Address {
  const port = PORT === undefined || PORT === "" ? 8787 : Number(PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Failure(`PORT takes a number from 1 to 65535, not "${PORT}". For example: PORT=8788 npm start`);
  }
  return { host: HOST || "127.0.0.1", port };
}

/**
 * Makes sure that nobody listens there yet. wrangler would say so too, but late, and as an internal error.
 * @throws Failure that names a way out
 */
export async function checkAddress({ host, port }: Address): Promise<void> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, "listening");
  } catch (error) {
    const code = errorCode(error);
    if (code === "EADDRINUSE") {
      const other = port < 65535 ? port + 1 : 8788;
      throw new Failure(
        `Port ${port} is taken: something else listens there. Choose another one: PORT=${other} npm start`,
      );
    }
    if (code === "EACCES") {
      throw new Failure(
        `Port ${port} needs more rights than you have. Choose a higher one: PORT=8788 npm start`,
      );
    }
    throw new Failure(
      `HOST=${host} is not an address of this computer (${code}). Use 127.0.0.1, or 0.0.0.0 for every network it is in.`,
    );
  } finally {
    server.close();
  }
}

/**
 * Makes sure that this port is one that browsers open: some are never opened, since other services are usual there.
 * @throws Failure
 */
export async function checkPort(address: Address): Promise<void> {
  // Nobody listens there yet. Our own fetch refuses the same ports, before it connects.
  const error: unknown = await fetch(localUrl(address)).catch(({ cause }: Error) => cause);
  if (error instanceof Error && error.message === "bad port") {
    throw new Failure(
      `Browsers open no page at port ${address.port}. Choose another one: PORT=8788 npm start`,
    );
  }
}

export const isEveryInterface = (host: string) => host === "0.0.0.0" || host === "::";

/** The URL to open on this computer. */
export function localUrl({ host, port }: Address): string {
  const name = isEveryInterface(host) ? "127.0.0.1" : host;
  return new URL(`http://${isIP(name) === 6 ? `[${name}]` : name}:${port}`).origin;
}

/**
 * The URL to open accounts at on this computer: by its name wherever that leads here, since browsers have passkeys for
 * names alone, `localhost` among them.
 */
export function consoleUrl({ host, port }: Address): string {
  const isHere = host === "127.0.0.1" || host === "localhost" || isEveryInterface(host);
  return isHere ? new URL(`http://localhost:${port}`).origin : localUrl({ host, port });
}

/** The URL that other devices in the same network can open, when we listen there and there is a network. */
export function lanUrl({ host, port }: Address): string | undefined {
  if (!isEveryInterface(host)) return undefined;
  const address = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal);
  return address && new URL(`http://${address.address}:${port}`).origin;
}
