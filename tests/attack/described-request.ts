import * as fc from "fast-check";
import { evilBody, evilHeaders, evilPart } from "./arbitrary-http.ts";
import { nearly, type SchemaArbitrary } from "./arbitrary-schema.ts";
import type { Described, DescribedParameter } from "./described.ts";
import { createKnownBodies, type KnownBodies } from "./described-bodies.ts";
import { type Parts, type Place, type Settled, UPLOADS } from "./described-world.ts";
import { rarely, showing } from "./lanes.ts";
import { UPGRADE, type WireRequest } from "./wire.ts";

/* Requests to what the document describes: right ones, nearly right ones and wrong ones. */

type Header = readonly [name: string, value: string];

/** What asks for less than the whole, or for nothing if it is known. */
const CONDITIONS = fc.constantFrom<readonly Header[]>(
  [["Range", "bytes=0-1"]],
  [["Range", "bytes=999999-"]],
  [["If-None-Match", "*"]],
  [["Origin", "https://evil.example"]],
);

/** What everything is asked of, and by whom. */
interface Asked {
  readonly place: Place;
  readonly settled: Settled;
  readonly values: SchemaArbitrary;
}

/** One request to any of these operations. */
export function createRequests(asked: Asked, operations: readonly Described[]): fc.Arbitrary<WireRequest> {
  const bodies = createKnownBodies(asked.place, asked.settled);
  return fc.oneof(
    ...operations.map((one) => ({
      weight: isCostly(one) ? 1 : 3,
      arbitrary: createRequest(asked, one, bodies),
    })),
  );
}

function createRequest(asked: Asked, operation: Described, bodies: KnownBodies): fc.Arbitrary<WireRequest> {
  const isOfHosts = isOfAccounts(operation);
  const parts = { ...asked.place.parts, ...(isOfHosts && asked.settled.parts) };
  const parameters = operation.parameters.map((one) =>
    createParameter(asked.values, one, findParts(parts, operation, one.name)),
  );
  return fc
    .record({
      parameters: fc.tuple(...parameters),
      caller: createCaller(asked.place, operation),
      isNamed: rarely(true, fc.constant(false)),
      cookie: createCookie(asked.settled, operation),
      // Whose limit is reached is told so, and gets no further: there are many of them.
      address: fc.integer({ min: 1, max: 60_000 }),
      upgrade: operation.path.startsWith("/ws/")
        ? rarely<readonly Header[]>(UPGRADE, fc.constant([]))
        : fc.constant([]),
      more: fc.oneof(
        { weight: 8, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: CONDITIONS },
        { weight: 1, arbitrary: evilHeaders },
      ),
      body: createBody(asked.values, operation, bodies),
    })
    .map(({ parameters, caller, isNamed, cookie, address, upgrade, more, body }) => {
      const { token, uid, parts = {} } = caller;
      const headers: Header[] = [["CF-Connecting-IP", `203.0.${address >> 8}.${address & 255}`], ...upgrade];
      if (body) headers.push(["Content-Type", "application/json"]);
      if (isOfHosts && cookie !== undefined) headers.push(["Cookie", cookie]);
      if (!isOfHosts && token !== undefined) headers.push(["X-Session-Token", token]);
      if (!isOfHosts && uid !== undefined) headers.push(["X-Session-Uid", uid]);
      const query: string[] = [];
      let { path } = operation;
      for (const { name, where, text } of parameters) {
        if (text === undefined) continue;
        const isPath = where === "path";
        const own = isPath && name === "uid" ? findUid(asked.place, operation.path, uid) : parts[name];
        const part = isPath && isNamed && own !== undefined ? own : text;
        if (isPath) path = path.replace(`{${name}}`, () => part);
        if (where === "query") query.push(`${name}=${part}`);
        if (where === "header") headers.push([name, part.slice(0, 200)]);
      }
      if (query.length > 0) path += `?${query.join("&")}`;
      return showing({ method: operation.method, path, headers: [...headers, ...more], body });
    });
}

/** To hash a password takes as long as ten other answers. */
const isCostly = ({ path }: Described): boolean => /\/(sign-up|sign-in)$/.test(path);

const isOfAccounts = ({ path }: Described): boolean => /^\/(api\/v1\/host|api\/v1\/decks|deck)\//.test(path);

/** What is known to be at this place of its path, if anything is. */
function findParts(parts: Parts, { method, path }: Described, name: string): readonly string[] | undefined {
  if (name === "flow" && /flows\/\{flow\}$/.test(path)) return parts["written flow"];
  // Texts are listed, and fit whoever writes one.
  if (name === "activity" && path.includes("/answers")) return ["thought"];
  if (name === "deck" && method !== "GET" && /\}\/(parts|files|done)/.test(path))
    return parts["unfinished deck"];
  if (name === "deck" && path.endsWith("/file")) return parts["deck of pages"];
  if (name === "deck" && path.includes("/files/")) return parts["deck with a picture"];
  return parts[name];
}

/** One part of the path, the query or the headers, encoded; `undefined` where it is left out. */
function createParameter(
  values: SchemaArbitrary,
  { name, in: where, required, schema }: DescribedParameter,
  known?: readonly string[],
) {
  const valid = values.of(schema).map((value) => encodeURIComponent(String(value).toWellFormed()));
  const text = fc.oneof(
    { weight: 17, arbitrary: known ? fc.constantFrom(...known.map(encodeURIComponent)) : valid },
    { weight: 2, arbitrary: valid },
    { weight: 1, arbitrary: evilPart },
  );
  const maybe = required ? text : fc.option(text, { nil: undefined, freq: 1 });
  return maybe.map((text) => ({ name, where, text }));
}

interface Caller {
  readonly token?: string;
  readonly uid?: string;
  /** What of the path goes with them. */
  readonly parts?: Readonly<Record<string, string>>;
}

/** Whoever may ask this, as a rule. */
function createCaller({ world, asked }: Place, { path, name }: Described): fc.Arbitrary<Caller> {
  const host = fc.constant({ token: world.hostToken, uid: world.hostUid });
  const as = (uid: string) => ({ token: world.audienceToken, uid });
  // Some are kept for being forgotten, and for taking back what they asked.
  const leaving = world.users.slice(-8).map(as);
  const users = fc.constantFrom(...world.users.slice(0, -8).map(as));
  const asking = asked.map(({ uid, question }) => ({ ...as(uid), parts: { question } }));
  const others = fc.constantFrom<Caller[]>(
    { token: world.presenter.token, uid: world.presenter.hostUid },
    { token: world.moderator.token, uid: world.moderator.hostUid },
    ...Object.values(world.tokens).map((token) => (token === undefined ? {} : { token, uid: world.hostUid })),
    { uid: world.foreign.hostUid, token: world.hostToken },
  );
  const pick = (): fc.Arbitrary<Caller> => {
    if (name.endsWith("/overlays/login")) return fc.constant({ token: world.tokens["overlay key"] });
    if (name.startsWith("DELETE") && path.endsWith("/user/{uid}")) return fc.constantFrom(...leaving);
    if (name.startsWith("DELETE") && path.endsWith("/questions/{question}"))
      return fc.constantFrom(...asking);
    const isOfUser = path.includes("/user/{uid}") && !/\/(un)?block$/.test(path);
    return isOfUser || path.endsWith("/login") ? users : host;
  };
  return fc.oneof(
    { weight: 6, arbitrary: pick() },
    { weight: 2, arbitrary: users },
    { weight: 1, arbitrary: others },
  );
}

/** The uid in a path is the caller's, or somebody else's name. */
function findUid({ world }: Place, path: string, uid: string | undefined): string {
  if (/\/(un)?block$/.test(path)) return world.victims["a user"];
  if (path.includes("/hosts/")) return world.victims["a co-host"];
  if (path.includes("/overlays/")) return world.victims["an overlay"];
  if (path.includes("/host/{uid}/pipe")) return world.hostUid;
  return uid ?? "nobody";
}

function createCookie(
  { cookie, otherCookie }: Settled,
  { name }: Described,
): fc.Arbitrary<string | undefined> {
  const strangers = fc.constantFrom(undefined, "revint-host=", `revint-host=${"a".repeat(43)}`);
  // Whoever comes in is signed in no more as who they were.
  if (/\/(sign-up|sign-in|recover)$/.test(name)) return strangers;
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(cookie) },
    { weight: 1, arbitrary: fc.constant(otherCookie) },
    { weight: 1, arbitrary: strangers },
  );
}

function createBody(
  values: SchemaArbitrary,
  { name, requestBody }: Described,
  bodies: KnownBodies,
): fc.Arbitrary<Uint8Array | undefined> {
  const bytes = fc.uint8Array({ maxLength: 60 });
  if (!requestBody) return rarely<Uint8Array | undefined>(undefined, bytes);
  const upload = UPLOADS[name];
  if (upload) return fc.oneof(fc.constant(upload), bytes);
  const schema = requestBody.content["application/json"]?.schema;
  if (!schema) throw new RangeError(`${name} takes what nobody sends`);
  const valid = values.of(schema);
  const known = bodies.get(name) ?? fc.constant({});
  const json = fc.oneof(
    { weight: 4, arbitrary: known },
    { weight: 4, arbitrary: valid },
    { weight: 2, arbitrary: nearly(valid) },
    { weight: 1, arbitrary: nearly(known) },
  );
  return fc.oneof(
    { weight: 8, arbitrary: json.map((value) => Buffer.from(JSON.stringify(value) ?? "")) },
    { weight: 1, arbitrary: evilBody({}) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}
