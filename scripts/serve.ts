import { readFile } from "node:fs/promises";
import { runCommand } from "./command.ts";
import { Failure } from "./failure.ts";
import { buildBundles, prepareBundles } from "./serve/bundles.ts";
import { claimDataFolder, releaseDataFolder } from "./serve/data-folder.ts";
import { log } from "./serve/log.ts";
import { readServeOptions, type ServeOptions } from "./serve/options.ts";
import { Server, type Tls } from "./serve/server.ts";

const usage = `
Usage: npm run serve -- [--port 8787] [--host 127.0.0.1] [--data ./data] [--public-url https://talks.example.org]
                        [--tls-cert cert.pem --tls-key key.pem] [--trust-proxy 127.0.0.1] [--sign-up invited]

Runs all Workers on this machine for good: docs/self-hosting.md. Everything is kept in one folder; the first start makes
it, with keys and secrets. It writes a line of JSON for each request. SIGTERM or Ctrl-C ends it in order.

  --data         where everything is kept. npm run backup copies it while this runs.
  --public-url   the address that people open, when it is another than this machine's: behind a reverse proxy
  --trust-proxy  addresses and networks of reverse proxies whose X-Forwarded-For, -Proto and -Host are believed
  --tls-cert, --tls-key
                 speak HTTPS: the certificate with its chain, and its private key, both PEM
  --sign-up      who may make an account: open, invited (npm run host -- invite) or closed
  --grace        seconds that requests have to end when it is told to stop; 5 when left out
  --build        bundle everything for later starts, and end
`;

await runCommand(usage, async (args) => {
  const options = readServeOptions(args);
  if (options.build) return buildBundles();
  const stop = onSignal();
  const [tls, bundles] = await Promise.all([readTls(options), prepareBundles()]);
  await claimDataFolder(options.data);
  const server = new Server(options, tls);
  try {
    // First: a port that can't be had is said at once. Until everything runs, each answer is that it does not yet.
    const port = await server.door.listen(options);
    await server.start(bundles);
    log("info", "started", { host: options.host, port, tls: tls !== undefined, pid: process.pid });
    log("info", "stopping", { signal: await stop });
  } finally {
    await server.close();
    releaseDataFolder();
  }
  log("info", "stopped");
});

/** Resolves with the first signal to end; another one ends everything at once. */
function onSignal(): Promise<string> {
  return new Promise((resolve) => {
    let since: number | undefined;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        since ??= Date.now();
        // One Ctrl-C may arrive twice, from the terminal and from npm.
        if (Date.now() - since > 1000) process.exit(1);
        resolve(signal);
      });
    }
  });
}

async function readTls(options: ServeOptions): Promise<Tls | undefined> {
  const { "tls-cert": cert, "tls-key": key } = options;
  if (cert === undefined || key === undefined) return undefined;
  const read = (option: string, file: string) =>
    readFile(file, "utf8").catch(() => {
      throw new Failure(`--${option} ${file} can't be read.`);
    });
  return { cert: await read("tls-cert", cert), key: await read("tls-key", key) };
}
