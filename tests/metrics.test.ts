import { afterAll, beforeAll, expect, test } from "vitest";
import { DATASET } from "../bench/bundles.ts";
import { type Point, type Revint, readOk, sendAll } from "../bench/revint.ts";
import { Stage } from "../bench/stage.ts";
import { readWorkers } from "../scripts/workers.ts";
import { splitSessionUid, splitUid } from "../shared/protocol/identity.ts";
import { PROBLEMS } from "../shared/protocol/problem.ts";
import { HOST_BODIES, HOST_ROUTES, type HostRoute, nameRoute } from "./attack/host-routes.ts";
import { Judge } from "./attack/judge.ts";
import { fillPath, isPipe, ROUTES, type Route } from "./attack/routes.ts";
import { UPGRADE, Wire } from "./attack/wire.ts";
import { createWorld, type World } from "./attack/world.ts";
import { createEmail, HostBrowser } from "./host-browser.ts";
import { Pipe } from "./pipe.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
}, 600_000);
afterAll(() => stage.close());

/** What people send that no point may hold. */
const SENT = {
  page: "page-of-mine",
  reaction: "reaction-of-mine",
  state: "state-of-mine",
  text: "text-of-mine",
};

/** A walk over every route there is, by a host and by a user. */
class Walk {
  readonly #revint: Revint;
  readonly #wire: Wire;
  /** What each request was answered, in order, by its route. */
  readonly answers: (readonly [route: string, status: number])[] = [];
  /** All that is secret, a name, or somebody's words. */
  readonly private = new Set<string>(Object.values(SENT));

  constructor(revint: Revint) {
    this.#revint = revint;
    this.#wire = new Wire(revint.api.url);
  }

  async walk(): Promise<void> {
    const world = await createWorld(this.#revint.api, new Judge(), 2);
    this.#know(world);
    const [user = ""] = world.users;
    const { audienceToken, hostToken } = world;
    const isLast = ({ isDestructive }: Route) => isDestructive === true;
    for (const route of [...ROUTES.filter((route) => !isLast(route)), ...ROUTES.filter(isLast)]) {
      const uid = route.names
        ? world.victims[route.names]
        : route.uid.includes("user")
          ? user
          : world.hostUid;
      const own = route.names ? world.hostUid : uid;
      const token = route.uid.includes("user") ? audienceToken : hostToken;
      await this.#send(route, world, "nobody", { uid: user, token: undefined, own: user });
      await this.#send(route, world, "somebody", { uid, token, own });
    }
    await this.#walkHosts();
    this.#wire.close();
  }

  /** A talk of two people: what is kept of it is what the audience sent. */
  async talk(): Promise<void> {
    const { api } = this.#revint;
    const { sessionUid } = await api.host(undefined, { reactions: [], anyReaction: true });
    const { uid } = await api.join(sessionUid);
    const pipe = await Pipe.greeted(api.url, sessionUid, uid);
    expect((await pipe.react("0", SENT.reaction, "one")).type).toBe("ack");
    await pipe.close();
    for (const name of [sessionUid, uid]) this.private.add(name);
  }

  async #send(
    route: Route,
    world: World,
    who: string,
    { uid, own, token }: { uid: string; own: string; token: string | undefined },
  ): Promise<void> {
    const { sessionUid, question, recapVersion, flowRun, hookSecret } = world;
    const parts = {
      code: "482913",
      activity: "activity-of-mine",
      question,
      flow: "flow-of-mine",
      run: flowRun,
    };
    const path = fillPath(route, { sessionUid, uid, ...SENT, ...parts, secret: hookSecret, recapVersion });
    const headers: (readonly [string, string])[] = isPipe(route) ? [...UPGRADE] : [];
    if (token !== undefined) headers.push(["X-Session-Token", token]);
    headers.push(["X-Session-Uid", own]);
    const body = route.body && Buffer.from(JSON.stringify(route.body(world)));
    const { status } = await this.#wire.send({ method: route.method, path, headers, body });
    this.answers.push([`${route.method} ${route.path} as ${who}`, status]);
  }

  async #walkHosts(): Promise<void> {
    const browser = new HostBrowser(this.#revint.api);
    const email = createEmail();
    expect((await browser.signUp(email)).status).toBeLessThan(300);
    for (const name of [email, browser.cookie?.split("=")[1] ?? ""]) this.private.add(name);
    const isLast = (route: HostRoute) => ["DELETE me", "POST sign-out"].includes(nameRoute(route));
    const staying = HOST_ROUTES.filter((route) => !isLast(route));
    for (const route of [...staying, ...HOST_ROUTES.filter(isLast)]) {
      const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        name === "part" ? "1" : "a".repeat(22),
      );
      const json = HOST_BODIES[nameRoute(route)];
      const answer = await browser.request(route.method, path, { ...(json && { json }) });
      await answer.body?.cancel();
      this.answers.push([nameRoute(route), answer.status]);
    }
  }

  #know({ sessionUid, users, hostUid, hostToken, audienceToken, presenter, question, victims }: World): void {
    const uids = [hostUid, presenter.hostUid, ...users];
    const names = [splitSessionUid(sessionUid).hash, ...uids.map((uid) => splitUid(uid).participant)];
    const secrets = [
      sessionUid,
      hostToken,
      audienceToken,
      presenter.token,
      question,
      ...Object.values(victims),
    ];
    for (const name of [...uids, ...names, ...secrets]) this.private.add(name);
  }
}

/** As code writes routes: words of ours, and where something is put in. */
const PATTERN = /^(?:\/(?:\*|:[A-Za-z]+(?:\{[a-z|.*[\]19-]+\})?|[a-z][a-z0-9-]*)?)+$/;

/** Routes of pages, which say in words of their own what is wrong. */
const PAGE = /^\/(?:recap$|j$|(?:j\/)?:code)/;

/** A route as docs/protocol.md has it, by the pattern of the code. */
const toPattern = ({ method, path }: { method: string; path: string }): string =>
  `${method} ${path
    .replace(/\/(?:host|user)\/\{uid\}\/pipe$/, "/:role{host|user}/:uid/pipe")
    .replace(/^\/\{code\}$/, "/:code{[1-9].*}")
    .replace(/^\/j\/\{code\}$/, "/j/:code{.*}")
    .replaceAll(/\{([a-zA-Z]+)\}/g, ":$1")}`;

const workers = readWorkers().map(({ folder }) => folder);
const codes = ["", ...Object.keys(PROBLEMS)];
const methods = ["", "ALL", "GET", "POST", "PUT", "PATCH", "DELETE"];
const routes = [
  ...ROUTES,
  ...HOST_ROUTES.map(({ method, path }) => ({ method, path: `/api/v1/host/${path}` })),
].map(toPattern);

const find = (points: readonly Point[], worker: string, event: string) =>
  points.filter(({ blobs }) => blobs[0] === worker && blobs[1] === event);

/** What there is no point of. */
function listMissing(points: readonly Point[], requests: number): string[] {
  const asked = find(points, "api", "request").map(({ blobs: [, , method, route] }) => `${method} ${route}`);
  const events = [
    ...workers.map((worker) => ({ worker, event: "request" })),
    ...["batch", "session"].map((event) => ({ worker: "session-store", event })),
    { worker: "reaction-store", event: "checkpoint" },
    { worker: "automations", event: "action" },
  ];
  return [
    ...routes.filter((route) => !asked.includes(route)),
    ...events
      .filter(({ worker, event }) => find(points, worker, event).length === 0)
      .map(({ worker, event }) => `${worker} ${event}`),
    ...(asked.length < requests ? [`${requests - asked.length} requests`] : []),
  ];
}

/** A point says what ours are made of, and nothing else. */
function check({ index, blobs, doubles }: Point, secrets: ReadonlySet<string>): void {
  const [worker = "", event = "", method = "", route = "", code = "", ...more] = blobs;
  expect(more).toEqual([]);
  expect(workers).toContain(worker);
  expect(["request", "batch", "session", "checkpoint", "action"]).toContain(event);
  expect(methods).toContain(method);
  expect(codes).toContain(code);
  if (event === "request") expect(route).toMatch(PATTERN);
  expect(index).toBe(`${worker} ${route || event}`);
  // What is longer is not written at all.
  expect(Buffer.byteLength(index)).toBeLessThanOrEqual(96);
  for (const number of doubles) expect(number).toBeGreaterThanOrEqual(0);
  for (const text of [index, ...blobs]) for (const secret of secrets) expect(text).not.toContain(secret);
}

test("every Worker says which routes were asked for and how it went, and nobody's name, secret or words", async () => {
  const revint = await stage.startRevint({
    replace: (service) => ({ ...service, datasets: { METRICS: DATASET } }),
  });
  const walk = new Walk(revint);
  await walk.walk();
  await walk.talk();
  // One batch, and 127 more: after so many a ledger makes a checkpoint.
  const session = await revint.host();
  const [person = session.host] = await session.join(1);
  readOk((await sendAll(revint.port, [session.react(person, "1", "👍")]))[0]);
  await session.fill(127_000, person);
  // A flow that does something.
  const hello = { name: "Hello", on: { event: "page" }, do: [{ do: "message", text: SENT.text }] };
  for (const request of [session.writeFlow("hello", hello), session.setState(SENT.page, SENT.state)]) {
    readOk((await sendAll(revint.port, [request]))[0]);
  }
  const points: Point[] = [];
  await expect
    .poll(
      async () => {
        points.push(...(await revint.takePoints()));
        return listMissing(points, walk.answers.length);
      },
      { timeout: 120_000, interval: 200 },
    )
    .toEqual([]);
  for (const point of points) check(point, walk.private);

  const requests = find(points, "api", "request");
  const statuses = requests.map(({ doubles: [, status] }) => status);
  expect(statuses).toEqual(expect.arrayContaining([101, 200, 201, 204, 401, 403, 404]));
  // A problem has its code, and nothing else has one; for a page there is none.
  for (const { blobs, doubles } of requests.filter(({ blobs }) => !PAGE.test(blobs[3] ?? ""))) {
    expect([blobs[4] !== "", blobs]).toEqual([Number(doubles[1]) >= 400, blobs]);
  }
  const kept = find(points, "session-store", "batch").map(({ doubles: [, reactions = 0] }) => reactions);
  expect(Math.max(...kept)).toBeGreaterThan(0);
  const [, batches, participants, bytes] = find(points, "reaction-store", "checkpoint")[0]?.doubles ?? [];
  expect([batches, participants]).toEqual([128, 1]);
  expect(bytes).toBeGreaterThan(100_000);
}, 600_000);

test("where no point can be written, everything is answered as it is without any", async () => {
  const walkWith = async (vars: Readonly<Record<string, string>>) => {
    const revint = await stage.startRevint({
      replace: (service) => ({ ...service, vars: { ...service.vars, ...vars } }),
    });
    const walk = new Walk(revint);
    await walk.walk();
    await walk.talk();
    return { answers: walk.answers, log: revint.workerd.log };
  };
  const without = await walkWith({});
  // Whatever is asked of it fails.
  const broken = await walkWith({ METRICS: "no dataset" });
  expect(broken.log).toContain("a data point was not written");
  expect(without.log).not.toContain("a data point was not written");
  expect(broken.answers).toEqual(without.answers);
  expect(broken.answers.filter(([, status]) => status >= 500)).toEqual([]);
}, 600_000);
