import type { World } from "./world.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** One row of the table of routes in docs/protocol.md, and a request to it that nothing is wrong with. */
export interface Route {
  readonly method: (typeof METHODS)[number];
  /** With `{sessionUid}`, `{code}`, `{uid}`, `{page}`, `{reaction}`, `{state}`, `{activity}`, `{question}`, `{flow}`, `{run}` and `{secret}`. */
  readonly path: string;
  /** Whose token it takes: a host's and these co-hosts', anyone's, an overlay's key, or none. */
  readonly token: string;
  /** Whose uid it takes. */
  readonly uid: string;
  readonly answer: string;
  /** What `{uid}` in the path is: the caller's own, or somebody else's name. */
  readonly names?: "a user" | "a co-host" | "an overlay";
  readonly body?: (world: World) => Readonly<Record<string, unknown>>;
  /** The session is another one afterwards, or none. */
  readonly isDestructive?: true;
}

const route = (
  request: string,
  token: string,
  uid: string,
  answer: string,
  more: Pick<Route, "names" | "body" | "isDestructive"> = {},
): Route => {
  const [name, path = ""] = request.split(" ");
  const method = METHODS.find((one) => one === name);
  if (!method) throw new RangeError(request);
  return { method, path, token, uid, answer, ...more };
};

const SESSION = "/api/v1/session/{sessionUid}";
const PUBLIC = "host, presenter, moderator; any when public";

/** Every route there is. A new one belongs here, too: a test holds this table against docs/protocol.md. */
export const ROUTES: readonly Route[] = [
  route("POST /api/v1/session/new", "host", "optional", "200", {
    body: ({ sessionUid, facts }) => ({ ...facts, sessionUid }),
  }),
  route(`GET ${SESSION}`, "–", "–", "200"),
  route("GET /api/v1/session", "host", "–", "200"),
  route("GET /api/v1/join/{code}", "–", "–", "200"),
  route("GET /{code}", "–", "–", "302"),
  route("GET /j/{code}", "–", "–", "302"),
  route("GET /j", "–", "–", "302"),
  route(`POST ${SESSION}/login`, "any", "optional", "200"),
  route(`POST ${SESSION}/user/{uid}/react`, "any", "user", "200", {
    body: () => ({ page: "1.0", reaction: "👍" }),
  }),
  route(`POST ${SESSION}/user/{uid}/react/{page}/{reaction}`, "any", "user", "200"),
  route(`POST ${SESSION}/state`, "host, presenter", "host", "200", {
    body: () => ({ page: "1.0", state: "shown" }),
  }),
  route(`POST ${SESSION}/state/{page}/{state}`, "host, presenter", "host", "200"),
  route(`GET ${SESSION}/state`, "any", "any", "200"),
  route(`GET ${SESSION}/reactions`, "any", "any", "200"),
  route(`GET ${SESSION}/activities`, "any", "any", "200"),
  route(`PUT ${SESSION}/activities/{activity}`, "host, presenter", "host", "200", {
    body: () => ({ kind: "words", prompt: "One word", words: 3, show: "live" }),
  }),
  route(`DELETE ${SESSION}/activities/{activity}`, "host, presenter", "host", "204"),
  route(`POST ${SESSION}/activities/{activity}/status`, "host, presenter", "host", "200", {
    body: () => ({ status: "open" }),
  }),
  route(`POST ${SESSION}/activities/{activity}/hidden`, "host, moderator", "host", "200", {
    body: () => ({ value: "rubbish", hidden: true }),
  }),
  route(`GET ${SESSION}/activities/{activity}/answers`, PUBLIC, "any", "200"),
  route(`GET ${SESSION}/activities/{activity}/ranking`, "any", "any", "200"),
  route(`PUT ${SESSION}/user/{uid}/answers/{activity}`, "any", "user", "200", {
    body: () => ({ round: 1, value: ["room"] }),
  }),
  route(`GET ${SESSION}/questions`, "any", "any", "200"),
  route(`POST ${SESSION}/user/{uid}/questions`, "any", "user", "201", {
    body: () => ({ text: "Why?" }),
  }),
  route(`PUT ${SESSION}/user/{uid}/questions/{question}/vote`, "any", "user", "200", {
    body: () => ({ vote: true }),
  }),
  route(`DELETE ${SESSION}/user/{uid}/questions/{question}`, "any", "user", "204"),
  route(`POST ${SESSION}/questions/{question}`, "host, moderator", "host", "200", {
    body: () => ({ status: "published", answer: null }),
  }),
  route(`GET ${SESSION}/questions/export`, PUBLIC, "any", "200"),
  route(`PUT ${SESSION}/user/{uid}/name`, "any", "user", "200", {
    // Each time another one: no two people have the same.
    body: () => ({ name: crypto.randomUUID().slice(0, 18) }),
  }),
  route(`POST ${SESSION}/driver`, "host, presenter", "host", "200"),
  route(`GET ${SESSION}/rules`, "host, presenter, moderator", "host", "200"),
  route(`POST ${SESSION}/rules`, "host, moderator", "host", "200", {
    body: () => ({ paused: false, reactions: null, pages: { "7.0": ["A", "B"] }, joinsPerMinute: 5000 }),
  }),
  route(`PATCH ${SESSION}/rules`, "host, moderator", "host", "200", { body: () => ({ names: true }) }),
  route(`POST ${SESSION}/user/{uid}/block`, "host, moderator", "host", "200", {
    names: "a user",
    body: () => ({ uncount: true }),
  }),
  route(`POST ${SESSION}/user/{uid}/unblock`, "host, moderator", "host", "200", { names: "a user" }),
  route(`POST ${SESSION}/hosts`, "host", "host", "201", { body: () => ({ role: "presenter" }) }),
  route(`GET ${SESSION}/hosts`, "host", "host", "200"),
  route(`DELETE ${SESSION}/hosts/{uid}`, "host", "host", "204", { names: "a co-host" }),
  route(`POST ${SESSION}/overlays`, "host", "host", "201", { body: () => ({ name: "Main scene" }) }),
  route(`GET ${SESSION}/overlays`, "host", "host", "200"),
  route(`DELETE ${SESSION}/overlays/{uid}`, "host", "host", "204", { names: "an overlay" }),
  route(`POST ${SESSION}/overlays/login`, "overlay key", "–", "200"),
  route(`GET ${SESSION}/timeline`, PUBLIC, "any", "200"),
  route(`GET ${SESSION}/reactions/export`, PUBLIC, "any", "200, a stream"),
  route(`GET ${SESSION}/answers/export`, PUBLIC, "any", "200, a stream"),
  route(`POST ${SESSION}/end`, "host", "host", "200", { isDestructive: true }),
  route(`POST ${SESSION}/recap`, "host", "–", "202"),
  route(`GET ${SESSION}/recap`, "any", "–", "200"),
  route(`DELETE ${SESSION}/recap`, "host", "–", "204"),
  route(`GET ${SESSION}/recap/events`, "host, presenter, moderator", "–", "200, a stream"),
  route(`GET ${SESSION}/recap/document`, "any", "–", "200"),
  route(`PUT ${SESSION}/recap/document`, "host", "–", "200", {
    body: ({ recapVersion }) => ({ version: recapVersion, sections: {} }),
  }),
  route(`GET ${SESSION}/recap/page`, "host, presenter, moderator", "–", "200"),
  route(`POST ${SESSION}/recap/publish`, "host", "–", "200", { body: () => ({ published: true }) }),
  route("GET /recap", "–", "–", "200"),
  route(`GET ${SESSION}/flows`, "host, presenter, moderator", "–", "200"),
  route(`POST ${SESSION}/flows`, "host", "–", "200", {
    body: () => ({
      flows: [
        { id: "bye", name: "Say goodbye", on: { event: "ended" }, do: [{ do: "message", text: "Bye." }] },
      ],
    }),
  }),
  route(`PUT ${SESSION}/flows/{flow}`, "host", "–", "200", {
    body: () => ({
      name: "Go on",
      on: { event: "page", page: "99.0" },
      do: [{ do: "message", text: "Now." }],
    }),
  }),
  route(`DELETE ${SESSION}/flows/{flow}`, "host", "–", "204"),
  route(`POST ${SESSION}/flows/{flow}/run`, "host", "–", "200, a stream"),
  route(`GET ${SESSION}/flows/{flow}/runs`, "host", "–", "200"),
  route(`POST ${SESSION}/flows/{flow}/runs/{run}/again`, "host", "–", "202"),
  route("POST /api/v1/hook/{sessionUid}/{flow}/{secret}", "–", "–", "202"),
  route(`POST ${SESSION}/revoke`, "host", "–", "200", { isDestructive: true }),
  route(`DELETE ${SESSION}`, "host", "–", "204, or 202 when there is more to do", { isDestructive: true }),
  route(`DELETE ${SESSION}/user/{uid}`, "any", "user", "204"),
  route(`GET ${SESSION}/events`, "any", "any", "200, a stream"),
  route("GET /ws/v1/session/{sessionUid}/host/{uid}/pipe", "–", "host, in the path", "101"),
  route("GET /ws/v1/session/{sessionUid}/user/{uid}/pipe", "–", "user, in the path", "101"),
  route("GET /healthz", "–", "–", "200"),
];

/** It takes no uid, and a session that has ended. */
export const isOfRecap = ({ path }: Pick<Route, "path">): boolean => path.includes("}/recap");

/** It takes no uid either. */
export const isOfFlows = ({ path }: Route): boolean => path.includes("}/flows");

/** It takes a secret of its own, and nothing else. */
export const isHook = ({ path }: Route): boolean => path.includes("/hook/");

/** It takes the key of an overlay, and no uid. */
export const isOverlayLogin = ({ path }: Route): boolean => path.endsWith("/overlays/login");

export const isPipe = ({ path }: Route): boolean => path.startsWith("/ws/");

/** What its answer's status may be when nothing is refused. */
export const goodStatuses = ({ answer }: Route): number[] => (answer.match(/\d{3}/g) ?? []).map(Number);

/** The path, its parts put in as they are. */
export const fillPath = ({ path }: Route, parts: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? "x");
