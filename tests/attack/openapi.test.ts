import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createOpenApi } from "../../scripts/openapi.ts";
import { type Deployment, startDeployment } from "../deployment.ts";
import { evilBody, evilPart } from "./arbitrary-http.ts";
import { nearly, SchemaArbitrary } from "./arbitrary-schema.ts";
import { type Described, Description } from "./described.ts";
import { createPlace, type Place, type Settled, settle } from "./described-world.ts";
import { HOST_BODIES } from "./host-routes.ts";
import { Judge } from "./judge.ts";
import { attackInLanes, rarely, showing } from "./lanes.ts";
import { isOfRecap, ROUTES } from "./routes.ts";
import { Wire, type WireAnswer, type WireRequest } from "./wire.ts";

/*
 * The description of the API made into requests, right ones, nearly right ones and wrong ones: whatever is answered, the
 * description says so.
 */

const document = await createOpenApi();
const description = new Description(document);
const values = new SchemaArbitrary(document);

let revint: Deployment;
let wire: Wire;
let settled: Settled;
const judge = new Judge();

beforeAll(async () => {
  revint = await startDeployment({ rooms: { REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000" } });
  wire = new Wire(revint.url);
  settled = await settle(revint, HOST_BODIES);
});
afterAll(async () => {
  wire.close();
  await revint.close();
});

/** What was answered that is not described, each kind of it once, with a request that it was answered to. */
const mismatches = new Map<string, string>();
/** Good answers, by operation. */
const good = new Map<string, number>();

function note(request: WireRequest, answer: WireAnswer): void {
  const operation = description.find(request);
  if (!operation) return;
  if (answer.status < 400) good.set(operation.name, (good.get(operation.name) ?? 0) + 1);
  const mismatch = description.findMismatch(operation, request, answer);
  if (mismatch === undefined) return;
  const { method, path, body, headers } = request;
  const sent = `${method} ${path} ${JSON.stringify(headers)} ${Buffer.from(body ?? []).toString()}`;
  mismatches.set(`${operation.name}: ${mismatch}`.slice(0, 200), `${mismatch} ← ${sent}`.slice(0, 1500));
}

type Headers = readonly (readonly [string, string])[];

const UPGRADE: Headers = [
  ["Connection", "Upgrade"],
  ["Upgrade", "websocket"],
  ["Sec-WebSocket-Version", "13"],
  ["Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="],
];

/** A body that nothing is wrong with, by its operation. */
const goodBodies = (world: Place["world"]) =>
  new Map<string, object>([
    ...ROUTES.flatMap(({ method, path, body }) =>
      body ? [[`${method} ${path}`, body(world)] as const] : [],
    ),
    ...Object.entries(HOST_BODIES).map(
      ([name, body]) => [name.replace(" ", " /api/v1/host/"), body] as const,
    ),
  ]);

function createBody(operation: Described, bodies: ReadonlyMap<string, object>) {
  const { content = {} } = operation.requestBody ?? {};
  const schema = content["application/json"]?.schema;
  if (schema) {
    const valid = values.of(schema);
    const known = bodies.get(operation.name) ?? {};
    const json = fc.oneof(
      { weight: 3, arbitrary: fc.constant(known) },
      { weight: 4, arbitrary: valid },
      { weight: 2, arbitrary: nearly(valid) },
      { weight: 1, arbitrary: nearly(fc.constant(known)) },
    );
    const text = json.map((value) => Buffer.from(JSON.stringify(value) ?? ""));
    return fc.oneof(
      { weight: 8, arbitrary: text },
      { weight: 1, arbitrary: evilBody({ ...known }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
  }
  const bytes = fc.uint8Array({ maxLength: 60 });
  return operation.requestBody ? bytes : rarely<Uint8Array | undefined>(undefined, bytes);
}

interface Caller {
  readonly token?: string;
  readonly uid?: string;
}

/** Whoever may ask this, as a rule. */
function createCaller({ world }: Place, { path, name }: Described): fc.Arbitrary<Caller> {
  const host = { token: world.hostToken, uid: world.hostUid };
  const user = fc.constantFrom(...world.users).map((uid) => ({ token: world.audienceToken, uid }));
  const others = fc.constantFrom<Caller[]>(
    { token: world.presenter.token, uid: world.presenter.hostUid },
    { token: world.moderator.token, uid: world.moderator.hostUid },
    ...Object.values(world.tokens).map((token) => (token === undefined ? {} : { token, uid: world.hostUid })),
    { uid: world.foreign.hostUid, token: world.hostToken },
  );
  const isOfUser = path.includes("/user/{uid}") && !/\/(un)?block$/.test(path);
  if (name.endsWith("/overlays/login")) return rarely<Caller>({ token: world.tokens["overlay key"] }, others);
  return fc.oneof(
    { weight: 6, arbitrary: isOfUser ? user : fc.constant(host) },
    { weight: 2, arbitrary: user },
    { weight: 1, arbitrary: others },
  );
}

/** The uid in a path is the caller's, or somebody else's name. */
function findUid({ victims, ...world }: Place["world"], path: string, uid: string | undefined): string {
  if (/\/(un)?block$/.test(path)) return victims["a user"];
  if (path.includes("/hosts/")) return victims["a co-host"];
  if (path.includes("/overlays/")) return victims["an overlay"];
  if (path.includes("/host/{uid}/pipe")) return world.hostUid;
  return uid ?? "nobody";
}

/** One part of the path, the query or the headers, encoded; `undefined` where it is left out. */
function createParameter(
  { name, in: where, required, schema }: Described["parameters"][number],
  own?: readonly string[],
) {
  const valid = values.of(schema).map((value) => encodeURIComponent(String(value).toWellFormed()));
  const known = own ? fc.constantFrom(...own.map(encodeURIComponent)) : valid;
  const text = fc.oneof(
    { weight: 17, arbitrary: known },
    { weight: 2, arbitrary: valid },
    { weight: 1, arbitrary: evilPart },
  );
  return (required ? text : fc.option(text, { nil: undefined })).map((text) => ({ name, where, text }));
}

/** Requests to one operation; made once, since what is made of a schema costs more than a request. */
function createRequest(place: Place, operation: Described, bodies: ReadonlyMap<string, object>) {
  const isOfHosts = operation.path.startsWith("/api/v1/host/");
  const known: Place["parts"] = isOfHosts ? settled.parts : { ...settled.parts, ...place.parts };
  const parameters = operation.parameters.map((one) =>
    createParameter(one, one.in === "path" ? known[one.name] : undefined),
  );
  return fc
    .record({
      parameters: fc.tuple(...parameters),
      caller: createCaller(place, operation),
      isNamed: rarely(true, fc.constant(false)),
      isSignedIn: rarely(true, fc.constant(false)),
      isUpgrade: rarely(true, fc.constant(false)),
      body: createBody(operation, bodies),
    })
    .map(({ parameters, caller, isNamed, isSignedIn, isUpgrade, body }) => {
      const { token, uid } = caller;
      const headers: (readonly [string, string])[] = [];
      if (operation.path.startsWith("/ws/") && isUpgrade) headers.push(...UPGRADE);
      if (body) headers.push(["Content-Type", "application/json"]);
      if (isOfHosts && isSignedIn) headers.push(["Cookie", settled.cookie]);
      if (!isOfHosts && token !== undefined) headers.push(["X-Session-Token", token]);
      if (!isOfHosts && uid !== undefined) headers.push(["X-Session-Uid", uid]);
      const query: string[] = [];
      let { path } = operation;
      for (const { name, where, text } of parameters) {
        if (text === undefined) continue;
        const part = name === "uid" && isNamed ? findUid(place.world, operation.path, uid) : text;
        if (where === "path") path = path.replace(`{${name}}`, () => part);
        if (where === "query") query.push(`${name}=${text}`);
        if (where === "header") headers.push([name, text.slice(0, 200)]);
      }
      if (query.length > 0) path += `?${query.join("&")}`;
      return showing({ method: operation.method, path, headers, body });
    });
}

/** One request to any of these operations. */
function createAttack(place: Place, operations: readonly Described[]): fc.Arbitrary<WireRequest> {
  const bodies = goodBodies(place.world);
  return fc.oneof(...operations.map((one) => createRequest(place, one, bodies)));
}

/** Afterwards there is nothing left to ask of, or nobody signed in. */
const LAST = new Set([
  ...ROUTES.filter(({ isDestructive }) => isDestructive).map(({ method, path }) => `${method} ${path}`),
  "DELETE /api/v1/host/me",
  "DELETE /api/v1/host/talks/{talk}",
  "DELETE /api/v1/host/decks/{deck}",
  "DELETE /api/v1/host/admin/accounts/{account}",
  "DELETE /api/v1/host/me/browsers/{browser}",
  "PUT /api/v1/host/admin/accounts/{account}/role",
  "PUT /api/v1/host/me/password",
  "POST /api/v1/host/sign-out",
]);

const isTold = (one: Described) => isOfRecap(one) || one.path === "/recap";
const staying = description.operations.filter(({ name }) => !LAST.has(name));

test("what is asked of a session that runs is answered as described", async () => {
  const place = await createPlace(revint, judge);
  await attackInLanes({ wire, judge }, createAttack(place, staying), 850, note);
});

test("and of one that is over, and has a recap", async () => {
  const place = await createPlace(revint, judge, true);
  const told = staying.filter(isTold);
  await attackInLanes(
    { wire, judge },
    createAttack(place, [...staying, ...told, ...told, ...told]),
    250,
    note,
  );
});

test("and of sessions and accounts that are taken away meanwhile", async () => {
  for (let times = 0; times < 5; times++) {
    const place = await createPlace(revint, judge);
    settled = await settle(revint, HOST_BODIES);
    const last = description.operations.filter(({ name }) => LAST.has(name));
    const operations = [...description.operations, ...last, ...last];
    await attackInLanes({ wire, judge }, createAttack(place, operations), 30, note);
  }
});

test("nothing was answered that is not described", () => {
  expect([...mismatches.values()]).toEqual([]);
  expect(wire.sent).toBeGreaterThan(20_000);
});

/** What no request of these gets right: a passkey takes a browser, a one-time link its secret. */
const NEVER_GOOD: readonly string[] = [];

test("every operation was answered well: no description of one went unseen", () => {
  const unseen = description.operations.map(({ name }) => name).filter((name) => !good.has(name));
  expect(unseen.sort()).toEqual(NEVER_GOOD);
});

test("none of all this was a bug of ours", () => {
  expect(judge.unavailable).toBeLessThan(20);
  expect(JSON.stringify(revint.harness.getLogs())).not.toContain('"stack"');
});
