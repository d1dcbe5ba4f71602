import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareBundles } from "../scripts/serve/bundles.ts";
import { createCertificate } from "./certificate.ts";
import { keep } from "./keep.ts";
import { findNginx, startNginx } from "./nginx.ts";
import { Pipe } from "./pipe.ts";
import { Reading } from "./reading.ts";
import { Served } from "./served.ts";
import { TalkHost } from "./talk-host.ts";

let folder: string;
let proxy: Awaited<ReturnType<typeof startNginx>>;
let behind: Served;
/** The same server, as people reach it. */
let served: ReturnType<Served["at"]>;
const trusted = getCACertificates("default");
const tls = createCertificate();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-nginx-"));
  const nginx = await findNginx();
  await prepareBundles();
  setDefaultCACertificates([...trusted, tls.cert]);
  const args = ["--trust-proxy", "127.0.0.1", "--sign-up", "open"];
  behind = await Served.start({ data: join(folder, "data"), args });
  proxy = await startNginx({ nginx, ...tls, upstreamPort: behind.port, folder });
  served = behind.at(proxy.url);
}, 600_000);
afterAll(async () => {
  setDefaultCACertificates(trusted);
  await proxy?.close();
  await behind?.close();
  await rm(folder, { recursive: true, force: true });
});

test("behind nginx as the docs have it, a pipe and a stream say at once what happens", async () => {
  const { sessionUid } = await served.host();
  const person = await served.join(sessionUid);
  const pipe = await Pipe.greeted(proxy.url, sessionUid, person.uid);
  const query = new URLSearchParams({ token: person.token, uid: person.uid });
  const stream = await served.request("GET", `/api/v1/session/${sessionUid}/events?${query}`);
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  // It goes on for as long as somebody listens: what is heard here, nobody has held back.
  const heard = new Reading(stream);
  expect((await pipe.react("1", "👍", "a")).type).toBe("ack");
  await heard.until('"👍":1');
  await heard.cancel();
  await pipe.close();
});

test("links and cookies are made for the address that people open", async () => {
  const host = await TalkHost.signUp(served);
  const { links } = await host.create({ name: "A talk", date: "2026-12-01" });
  for (const link of [links.join, links.stage]) expect(new URL(link).origin).toBe(proxy.url);
  const json = { email: "ada@example.org", name: "Ada", password: "correct horse battery staple" };
  const made = await served.request("POST", "/api/v1/host/sign-up", { json });
  expect(made.headers.getSetCookie().join()).toContain("Secure");
});

test("limits count the people behind the proxy one by one, whatever they say of themselves", async () => {
  let code = 100_000;
  const guess = (localAddress: string, headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      const url = `${proxy.url.replace("localhost", "127.0.0.1")}/api/v1/join/${code++}`;
      get(url, { localAddress, headers }, (answer) => {
        answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
      }).on("error", reject);
    });
  const statuses: number[] = [];
  while (!statuses.includes(429) && statuses.length < 400) statuses.push(await guess("127.0.0.2"));
  expect(statuses.at(-1)).toBe(429);
  const forged = {
    "x-forwarded-for": "203.0.113.7",
    "cf-connecting-ip": "203.0.113.7",
    "x-real-ip": "203.0.113.7",
  };
  expect(await guess("127.0.0.2", forged)).toBe(429);
  expect(await guess("127.0.0.3")).toBe(404);
});

test("with a certificate it speaks HTTPS itself", async () => {
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  await Promise.all([writeFile(cert, tls.cert), writeFile(key, tls.key)]);
  const own = keep(
    await Served.start({ data: join(folder, "own"), args: ["--tls-cert", cert, "--tls-key", key] }),
  );
  expect(own.url).toMatch(/^https:/);
  const { sessionUid } = await own.host();
  const { uid } = await own.join(sessionUid);
  const pipe = await Pipe.greeted(own.url, sessionUid, uid);
  expect((await pipe.react("1", "👍", "a")).type).toBe("ack");
  await pipe.close();
});
