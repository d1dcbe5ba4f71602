import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where a nginx of this project's own is unpacked, on machines that have none. */
const UNPACKED = resolve(".wrangler/test/nginx");

/**
 * A real nginx: that of this machine, or the one of Debian's package, unpacked beside the other things that tests make.
 * @throws an error that says what to do
 */
export async function findNginx(): Promise<string> {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  const places = [...folders.map((folder) => join(folder, "nginx")), join(UNPACKED, "usr/sbin/nginx")];
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  await mkdir(UNPACKED, { recursive: true });
  const download = () => run("apt-get", ["download", "nginx"], { cwd: UNPACKED });
  try {
    // A bare image has no list of packages yet.
    await download().catch(() => run("apt-get", ["update"]).then(download));
    await run("sh", ["-c", "dpkg -x nginx_*.deb ."], { cwd: UNPACKED });
    await run(join(UNPACKED, "usr/sbin/nginx"), ["-v"]);
  } catch (error) {
    throw new Error(
      "This story needs nginx, and it could not be had from apt. Install it: apt-get install nginx-light",
      {
        cause: error,
      },
    );
  }
  return join(UNPACKED, "usr/sbin/nginx");
}

/** The configuration of docs/self-hosting.md, as people copy it. */
async function readDocumented(): Promise<string> {
  const page = await readFile("docs/self-hosting.md", "utf8");
  const config = /```nginx\n([\s\S]*?)```/.exec(page)?.[1];
  if (config === undefined) throw new Error("docs/self-hosting.md has no configuration of nginx");
  return config;
}

/** A text with each of these replaced, all of which have to be in it. */
function replaceAll(config: string, values: readonly (readonly [string, string])[]): string {
  return values.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the documented configuration no longer has ${from}`);
    return text.replaceAll(from, to);
  }, config);
}

interface NginxOptions {
  readonly nginx: string;
  readonly cert: string;
  readonly key: string;
  /** Where `npm run serve` listens. */
  readonly upstreamPort: number;
  /** Where its files may be. */
  readonly folder: string;
}

/** nginx in front of a server on this machine, at a free port. */
export async function startNginx({ nginx, cert, key, upstreamPort, folder }: NginxOptions) {
  const place = await mkdtemp(join(folder, "nginx-"));
  const port = await findPort();
  await writeFile(join(place, "cert.pem"), cert);
  await writeFile(join(place, "key.pem"), key);
  const site = replaceAll(await readDocumented(), [
    ["listen 443 ssl", `listen 127.0.0.1:${port} ssl`],
    ["talks.example.org;", "localhost;"],
    ["/etc/letsencrypt/live/talks.example.org/fullchain.pem", join(place, "cert.pem")],
    ["/etc/letsencrypt/live/talks.example.org/privkey.pem", join(place, "key.pem")],
    ["127.0.0.1:8787", `127.0.0.1:${upstreamPort}`],
  ]);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${place}/${name};`)
    .join("\n");
  const config = `daemon off;
pid ${place}/pid;
error_log stderr warn;
events {}
http {
access_log off;
${temporary}
${site}
}
`;
  await writeFile(join(place, "nginx.conf"), config);
  const child = spawn(nginx, ["-p", place, "-c", join(place, "nginx.conf"), "-e", "stderr"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => (said += chunk));
  await Promise.race([
    reach(port),
    once(child, "exit").then(() => {
      throw new Error(`nginx ended: ${said}`);
    }),
  ]);
  return { url: `https://localhost:${port}`, close: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGQUIT");
  setTimeout(() => child.kill("SIGTERM"), 2000).unref();
  await exit;
}

/** Resolves as soon as somebody listens there. */
async function reach(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const isThere = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function findPort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
