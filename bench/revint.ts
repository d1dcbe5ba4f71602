import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { unstable_splitSqlQuery } from "wrangler";
import { z } from "zod";
import { signToken } from "../scripts/host-token.ts";
import { createKeyPair, createSecret } from "../scripts/key-pair.ts";
import { getPageTopic } from "../shared/interactions/reaction/topic.ts";
import { getRoom, roomName, splitSessionUid } from "../shared/protocol/identity.ts";
import { RecapStatus } from "../shared/protocol/recap.schema.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { RunningApi } from "../tests/running-api.ts";
import type { Batch, LedgerQuery } from "../workers/lib/ledger.ts";
import {
  type BuiltWorker,
  DATASET,
  dataset,
  LEDGER_DOOR,
  ledgerDoor,
  SQL_DOOR,
  sqlDoor,
  standIns,
} from "./bundles.ts";
import { pause } from "./clock.ts";
import { encodeRequest, type HttpAnswer, HttpConnection, type HttpRequest } from "./http-connection.ts";
import { EXTENSIONS, simulators } from "./simulators.ts";
import { Workerd } from "./workerd.ts";
import type { Surroundings, WorkerService } from "./workerd-config.ts";

const API = "revint-api";
const AUTOMATIONS = "revint-automations";
export const HOST_STORE = "revint-host-store";

/** What of a ledger's answers is of use here. */
const KeptEntry = z.object({ at: z.number(), id: z.string() });
type KeptEntry = z.infer<typeof KeptEntry>;
const KeptPage = z.object({ entries: z.array(KeptEntry), cursor: z.string().optional() });
const KeptTotals = z.object({ epoch: z.number() });

/** Texts as the runtime sends them: their bytes. */
const Bytes = z.array(z.number()).transform((bytes) => new TextDecoder().decode(new Uint8Array(bytes)));

/** A data point, as the runtime sends it. */
const Point = z.record(z.string(), z.unknown()).transform((point) => {
  const list = (name: string) =>
    Array.from({ length: 20 }, (_, index) => point[`${name}${index + 1}`]).filter(
      (value) => value !== undefined,
    );
  return {
    index: Bytes.parse(point.index1),
    blobs: z.array(Bytes).parse(list("blob")),
    doubles: z.array(z.number()).parse(list("double")),
  };
});
export type Point = z.infer<typeof Point>;

/** Connections that set a session up. */
const SETUP_CONNECTIONS = 16;

export interface RevintOptions {
  /** Vars of session-store: small rooms, a large token bucket. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Changes to a built Worker, by its name. */
  readonly replace?: (service: WorkerService) => WorkerService;
  readonly workerdOptions?: readonly string[];
  /** Those who run flows have a process of their own, as on the platform, where no object of theirs shares a thread with a room. */
  readonly hasRunnersApart?: boolean;
}

/** A token bucket that never runs dry: the bench asks how much goes through, not what is fair. */
export const OPEN_BUCKET = { REACTIONS_PER_SECOND: "1000000", REACTIONS_BURST: "1000000" };

/** A participant, and what each of their requests carries. */
export interface Participant {
  readonly uid: string;
  readonly token: string;
}

/** One running revint: all built Workers in one workerd, with fresh keys, fresh storage, and the tables of hosts. */
export class Revint {
  readonly workerd: Workerd;
  /** The same, for stories. */
  readonly api: RunningApi;
  readonly #privatePem: string;
  readonly #runners: Workerd | undefined;
  #talks = 0;

  private constructor(workerd: Workerd, runners: Workerd | undefined, privatePem: string) {
    this.workerd = workerd;
    this.#runners = runners;
    this.#privatePem = privatePem;
    this.api = new RunningApi(`http://127.0.0.1:${this.port}`, privatePem);
  }

  static async start(
    folder: string,
    built: readonly BuiltWorker[],
    options: RevintOptions = {},
  ): Promise<Revint> {
    const [{ privatePem, publicPem }, issuer] = await Promise.all([createKeyPair(), createKeyPair()]);
    const { vars = OPEN_BUCKET, replace = (service) => service, workerdOptions } = options;
    const services = built.map(({ service }) => {
      if (service.name === "revint-session-store")
        return replace({ ...service, vars: { ...service.vars, ...vars } });
      if (service.name === HOST_STORE)
        return replace({ ...service, vars: { ...service.vars, ISSUER_KEY: issuer.privatePem } });
      if (service.name !== API) return replace(service);
      const secrets = {
        ...{ PUBLIC_KEY: publicPem, SESSION_SECRET: createSecret() },
        ...{ ISSUER_PUBLIC_KEY: issuer.publicPem, SIGN_UP: "open" },
      };
      return replace({ ...service, vars: { ...service.vars, ...secrets } });
    });
    const all = [...services, ...standIns(services), ...simulators, ledgerDoor, sqlDoor, dataset];
    const start: StartWorkers = (workers, more) =>
      Workerd.start(folder, workers, workerdOptions, { extensions: EXTENSIONS, ...more });
    const { hasRunnersApart = false } = options;
    const { workerd, runners } = hasRunnersApart
      ? await startApart(all, start)
      : { workerd: await start(all) };
    const revint = new Revint(workerd, runners, privatePem);
    await revint.#makeTables(built);
    return revint;
  }

  async #makeTables(built: readonly BuiltWorker[]): Promise<void> {
    for (const { migrations } of built.flatMap(({ worker }) => worker.databases)) {
      for (const file of readdirSync(migrations).sort()) {
        const statements = unstable_splitSqlQuery(readFileSync(join(migrations, file), "utf8"));
        for (const sql of statements) await this.sql(sql);
      }
    }
  }

  /** Asks host-store's database, past host-store. */
  async sql(sql: string, ...values: readonly (string | number | null)[]): Promise<void> {
    const body = JSON.stringify({ sql, values });
    const [answer] = await sendAll(this.workerd.port(SQL_DOOR), [{ method: "POST", path: "/", body }]);
    readOk(answer);
  }

  /** What was written to datasets since this was asked the last time. */
  async takePoints(): Promise<Point[]> {
    const request = { method: "GET", path: "/points" };
    const [answer] = await sendAll(this.workerd.port(DATASET), [request]);
    return z.array(Point).parse(readOk(answer));
  }

  get port(): number {
    return this.workerd.port(API);
  }

  /** Starts a session of its own. */
  async host(more: Readonly<Record<string, unknown>> = {}): Promise<BenchSession> {
    const token = await signToken({ name: `bench ${++this.#talks}`, date: "2026-11-20" }, this.#privatePem);
    return this.open(token, more);
  }

  /** Starts the session of a token. */
  async open(token: string, more: Readonly<Record<string, unknown>> = {}): Promise<BenchSession> {
    const url = `http://127.0.0.1:${this.port}`;
    const [answer] = await sendAll(this.port, [
      {
        method: "POST",
        path: "/api/v1/session/new",
        headers: { "x-session-token": token },
        body: JSON.stringify({ apiUrl: url, webUiUrl: `${url}/join`, maxParticipants: 1_000_000, ...more }),
      },
    ]);
    const { sessionUid, hostUid } = NewSessionAnswer.parse(readOk(answer));
    const session = new BenchSession(this, sessionUid, { uid: hostUid, token });
    // Everyone comes within seconds, and none of it is about the pace that a door keeps.
    const [ruled] = await sendAll(this.port, [session.rule({ joinsPerMinute: 1_000_000 })]);
    readOk(ruled);
    return session;
  }

  async close(): Promise<void> {
    await Promise.all([this.workerd.close(), this.#runners?.close()]);
  }
}

type StartWorkers = (workers: readonly WorkerService[], more?: Surroundings) => Promise<Workerd>;

/** Two processes, each with what its Workers need: one has automations, the other all else. */
async function startApart(
  workers: readonly WorkerService[],
  start: StartWorkers,
): Promise<{ workerd: Workerd; runners: Workerd }> {
  const port = await findFreePort();
  const workerd = await start(
    workers.filter(({ name }) => name !== AUTOMATIONS),
    { elsewhere: { [AUTOMATIONS]: port } },
  );
  const automations = workers
    .filter(({ name }) => name === AUTOMATIONS)
    .map((worker) => ({ ...worker, port }));
  const called = automations.flatMap(({ services = {} }) => Object.values(services));
  const elsewhere = Object.fromEntries(called.map((name) => [name, workerd.port(name)]));
  const runners = await start([...automations, ...simulators], { elsewhere, storage: "runners" });
  return { workerd, runners };
}

/** A port that nobody has at this moment. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** Who asks. */
export const headersOf = ({ uid, token }: Participant) => ({
  "x-session-token": token,
  "x-session-uid": uid,
});

/** One session on it. */
export class BenchSession {
  readonly revint: Revint;
  readonly sessionUid: string;
  readonly host: Participant;

  constructor(revint: Revint, sessionUid: string, host: Participant) {
    this.revint = revint;
    this.sessionUid = sessionUid;
    this.host = host;
  }

  get #path(): string {
    return `/api/v1/session/${this.sessionUid}`;
  }

  #asHost(method: "POST" | "PUT", what: string, json: object): HttpRequest {
    const headers = headersOf(this.host);
    return { method, path: `${this.#path}/${what}`, headers, body: JSON.stringify(json) };
  }

  lookUp(): HttpRequest {
    return { method: "GET", path: this.#path };
  }

  /** Where its join code leads. */
  async lookUpJoinCode(): Promise<HttpRequest> {
    const [answer] = await sendAll(this.revint.port, [this.lookUp()]);
    return { method: "GET", path: `/api/v1/join/${SessionAnswer.parse(readOk(answer)).joinCode}` };
  }

  login(token: string): HttpRequest {
    return { method: "POST", path: `${this.#path}/login`, headers: { "x-session-token": token } };
  }

  react(participant: Participant, page: string, reaction: string): HttpRequest {
    return {
      method: "POST",
      path: `${this.#path}/user/${participant.uid}/react`,
      headers: headersOf(participant),
      body: JSON.stringify({ page, reaction }),
    };
  }

  getState(participant: Participant): HttpRequest {
    return { method: "GET", path: `${this.#path}/state`, headers: headersOf(participant) };
  }

  setState(page: string, state: string): HttpRequest {
    return this.#asHost("POST", "state", { page, state });
  }

  /** Writes an activity. */
  ask(activity: string, definition: object): HttpRequest {
    return this.#asHost("PUT", `activities/${activity}`, definition);
  }

  /** Opens or closes one. */
  setActivity(activity: string, change: object): HttpRequest {
    return this.#asHost("POST", `activities/${activity}/status`, change);
  }

  writeFlow(flow: string, definition: object): HttpRequest {
    return this.#asHost("PUT", `flows/${flow}`, definition);
  }

  /** Somebody asks a question. */
  askQuestion(participant: Participant, text: string): HttpRequest {
    return {
      method: "POST",
      path: `${this.#path}/user/${participant.uid}/questions`,
      headers: headersOf(participant),
      body: JSON.stringify({ text }),
    };
  }

  rule(rules: object): HttpRequest {
    return this.#asHost("POST", "rules", rules);
  }

  /** Ends it, and has its recap made and published. @returns the version that everybody reads */
  async publishRecap(): Promise<string> {
    const headers = headersOf(this.host);
    for (const [path, json] of [
      ["end", undefined],
      ["recap", undefined],
      ["recap/publish", { published: true }],
    ] as const) {
      const body = json && JSON.stringify(json);
      const request = { method: "POST", path: `${this.#path}/${path}`, headers, ...(body && { body }) };
      readOk((await sendAll(this.revint.port, [request]))[0]);
    }
    const status = { method: "GET", path: `${this.#path}/recap`, headers };
    const { version } = RecapStatus.parse(readOk((await sendAll(this.revint.port, [status]))[0]));
    if (version === undefined) throw new Error("there is no recap");
    return version;
  }

  /** The page after the talk. @param version that the reader has already */
  readRecap(version?: string): HttpRequest {
    const path = `/recap?session=${this.sessionUid}`;
    return {
      method: "GET",
      path,
      ...(version !== undefined && { headers: { "if-none-match": `"${version}"` } }),
    };
  }

  timeline(participant: Participant): HttpRequest {
    return { method: "GET", path: `${this.#path}/timeline`, headers: headersOf(participant) };
  }

  /** Everyone may see the results. */
  openResults(): HttpRequest {
    return this.rule({ publicResults: true });
  }

  get exportPath(): string {
    return `${this.#path}/reactions/export`;
  }

  events(participant: Participant): HttpRequest {
    return { method: "GET", path: `${this.#path}/events`, headers: headersOf(participant) };
  }

  /** Path of a participant's pipe. */
  pipe({ uid }: Participant): string {
    return `/ws/v1/session/${this.sessionUid}/${uid.startsWith("h") ? "host" : "user"}/${uid}/pipe`;
  }

  async audienceToken(): Promise<string> {
    const [answer] = await sendAll(this.revint.port, [this.lookUp()]);
    return SessionAnswer.parse(readOk(answer)).token;
  }

  /** Joins `count` people; slower where the session takes no more in one second. */
  async join(count: number): Promise<Participant[]> {
    const login = this.login(await this.audienceToken());
    const people: Participant[] = [];
    while (people.length < count) {
      const batch = Math.min(500, count - people.length);
      const answers = await sendAll(
        this.revint.port,
        Array.from({ length: batch }, () => login),
      );
      for (const answer of answers) {
        if (answer.status === 200) people.push(LoginAnswer.parse(readOk(answer)));
        else if (answer.status !== 429) readOk(answer);
      }
      if (answers.some(({ status }) => status === 429)) await pause(500);
    }
    return people;
  }

  async totals(): Promise<SessionTotals> {
    const [answer] = await sendAll(this.revint.port, [
      { method: "GET", path: `${this.#path}/reactions`, headers: headersOf(this.host) },
    ]);
    return SessionTotals.parse(readOk(answer));
  }

  /** Everything that the ledgers of these participants' rooms have kept: the truth to check acks against. */
  async entries(people: readonly Participant[]): Promise<KeptEntry[]> {
    const entries: KeptEntry[] = [];
    for (const room of new Set(people.map(({ uid }) => getRoom(uid)))) {
      let cursor: string | undefined;
      do {
        const query: LedgerQuery = {
          interaction: "reaction",
          limit: 1000,
          ...(cursor !== undefined && { cursor }),
        };
        const page = KeptPage.parse(await this.#callLedger(room, "list", query));
        entries.push(...page.entries);
        cursor = page.cursor;
      } while (cursor !== undefined);
    }
    return entries;
  }

  /** Puts reactions into the root's ledger, past the room: what a long talk leaves behind. */
  async fill(count: number, participant: Participant): Promise<void> {
    const { epoch } = KeptTotals.parse(await this.#callLedger(0, "totals"));
    const by = participant.uid.slice(0, 21);
    for (let kept = 0; kept < count; kept += 1000) {
      const batch: Batch = {
        epoch,
        entries: Array.from({ length: Math.min(1000, count - kept) }, (_, index) => ({
          participant: by,
          topic: getPageTopic("filled"),
          key: "👍",
          mode: "add",
          id: `f-${kept + index}`,
        })),
      };
      await this.#callLedger(0, "append", batch);
    }
  }

  async #callLedger(room: number, method: string, argument?: unknown): Promise<unknown> {
    const ledger = roomName(splitSessionUid(this.sessionUid).hash, room);
    const body = JSON.stringify({ ledger, method, argument });
    const port = this.revint.workerd.port(LEDGER_DOOR);
    const [answer] = await sendAll(port, [{ method: "POST", path: "/", body }]);
    return readOk(answer);
  }
}

/** Sends requests over a few connections; answers come in the order of the requests. */
export async function sendAll(port: number, requests: readonly HttpRequest[]): Promise<HttpAnswer[]> {
  const answers: HttpAnswer[] = new Array(requests.length);
  let next = 0;
  const work = async () => {
    const connection = await HttpConnection.open(port);
    try {
      for (let index = next++; index < requests.length; index = next++) {
        const request = requests[index];
        if (request) answers[index] = await connection.send(encodeRequest(request));
      }
    } finally {
      connection.close();
    }
  };
  const workers = Math.min(SETUP_CONNECTIONS, requests.length);
  await Promise.all(Array.from({ length: workers }, work));
  return answers;
}

/** A good answer's JSON; anything else fails the run with what was said. */
export function readOk(answer: HttpAnswer | undefined): unknown {
  if (!answer || answer.status >= 300) throw new Error(`${answer?.status} ${answer?.body}`);
  return z.json().parse(JSON.parse(answer.body));
}
