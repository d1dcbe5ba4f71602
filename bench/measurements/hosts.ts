import { BenchHost } from "../bench-host.ts";
import { readHostCounts, startCounted } from "../counted-revint.ts";
import type { HttpRequest } from "../http-connection.ts";
import type { LoadClient } from "../load-client.ts";
import type { Contestant, Goal, Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { HOST_STORE, type Revint } from "../revint.ts";
import type { Size } from "../size.ts";
import type { Stage } from "../stage.ts";
import { LOOP_FIGURES } from "./figures.ts";

const CONNECTIONS = 32;
/** A core hashes a few passwords a second. */
const SIGN_IN_CONNECTIONS = 2;
const HOSTS = 4;
const TALKS = 60;

/** What a console asks for when it is opened: who is in, and the first page of their talks. */
const PAGE = ["host/me", "host/talks"];

/** Hosts with accounts, and whether anybody else notices that there are any. */
export const hosts = (stage: Stage, { seconds }: Size): Measurement[] => {
  let client: LoadClient | undefined;
  /** Started with the first of these measurements that is chosen, and closed with the stage. */
  const load = () => {
    client ??= stage.client();
    return client;
  };
  const loop = (
    name: string,
    pid: number,
    port: number,
    requests: readonly HttpRequest[],
    connections = CONNECTIONS,
    time = seconds,
  ): Contestant => ({
    name,
    run: () => withCpu(pid, time, () => load().http(port, requests, connections, time)),
  });
  const ours = (revint: Revint, name: string, requests: readonly HttpRequest[]) =>
    loop(name, revint.workerd.pid, revint.port, requests);

  /** The same session, with accounts in the house and without: nobody who joins has to do with them. */
  const besideNone = (
    name: string,
    title: string,
    what: string,
    request: (revint: Revint) => Promise<readonly HttpRequest[]>,
  ): Measurement => {
    const goal = { what, figure: "rate", of: "with accounts", per: "without", least: 0.9 } as const;
    return {
      ...{ group: "hosts", name, title, figures: LOOP_FIGURES, goals: [goal] },
      prepare: async () => {
        const [house, without] = [await stage.revint(), await startWithoutHosts(stage)];
        const contestants = [
          ours(house, "with accounts", await request(house)),
          ours(without, "without", await request(without)),
        ];
        return { contestants, close: () => without.close() };
      },
    };
  };

  return [
    {
      group: "hosts",
      name: "sign-in",
      title: "Sign in with a password",
      figures: LOOP_FIGURES,
      goals: [
        {
          what: "CPU of signing in against scrypt alone",
          figure: "cpu",
          of: "revint",
          per: "scrypt",
          most: 1.3,
        },
      ],
      prepare: async () => {
        const [revint, references] = await Promise.all([stage.revint(), stage.references()]);
        const people: BenchHost[] = [];
        for (let person = 0; person < HOSTS; person++) people.push(await BenchHost.signUp(revint));
        const requests = people.map((host) => host.toSignIn());
        // Long enough for a few of them, also where a run is quick.
        const time = Math.max(2, seconds);
        const scrypt = { method: "GET", path: "/" };
        const contestants = [
          loop("revint", revint.workerd.pid, revint.port, requests, SIGN_IN_CONNECTIONS, time),
          loop("scrypt", references.pid, references.port("scrypt"), [scrypt], SIGN_IN_CONNECTIONS, time),
        ];
        return { contestants };
      },
    },
    {
      group: "hosts",
      name: "console",
      title: `Open the console: its two requests, the account and the first of ${TALKS} talks, in turn`,
      figures: LOOP_FIGURES,
      prepare: async () => {
        const revint = await stage.revint();
        const host = await BenchHost.insert(revint, TALKS);
        const requests = PAGE.map((path) => host.request("GET", path));
        return { contestants: [ours(revint, "revint", requests)] };
      },
    },
    {
      group: "hosts",
      name: "console-reads",
      title: "Open the console: what is read from D1",
      figures: [
        { key: "queries", title: "queries", unit: "" },
        { key: "rows", title: "rows read", unit: "" },
      ],
      goals: [mostQueries("for the first time", 3), mostQueries("again within a minute", 0)],
      rounds: 1,
      isCold: true,
      prepare: async () => {
        const revint = await startCounted(stage);
        const read = (paths: readonly string[]) => async () => {
          const before = await readHostCounts(revint);
          for (const path of paths) await host.send("GET", path).then((answer) => answer.text());
          const after = await readHostCounts(revint);
          return { queries: after.queries - before.queries, rows: after.rowsRead - before.rowsRead };
        };
        const host = await BenchHost.insert(revint, TALKS);
        const contestants = [
          { name: "for the first time", run: read(PAGE) },
          { name: "again within a minute", run: read(PAGE) },
          { name: "and its decks", run: read(["host/decks"]) },
        ];
        return { contestants, close: () => revint.close() };
      },
    },
    {
      group: "hosts",
      name: "talk-token",
      title: "Issue the token of a talk",
      figures: LOOP_FIGURES,
      goals: [{ what: "tokens of talks a second", figure: "rate", of: "revint", least: 300 }],
      prepare: async () => {
        const revint = await stage.revint();
        const host = await BenchHost.signUp(revint);
        const { talk } = await host.createTalk("A talk");
        return { contestants: [ours(revint, "revint", [host.request("GET", `host/talks/${talk.id}`)])] };
      },
    },
    besideNone(
      "look-up-beside-accounts",
      "Public look-up, with accounts in the house and without",
      "look-up with accounts against without",
      async (revint) => [(await revint.host()).lookUp()],
    ),
    besideNone(
      "login-beside-accounts",
      "Login, with accounts in the house and without",
      "login with accounts against without",
      async (revint) => {
        // One session takes 1,000 joins a second and refuses more: several take turns.
        const sessions = await Promise.all(Array.from({ length: 8 }, () => revint.host()));
        return Promise.all(sessions.map(async (session) => session.login(await session.audienceToken())));
      },
    ),
  ];
};

/** Host-store as it was before there were accounts: no database, no bucket. */
const startWithoutHosts = (stage: Stage): Promise<Revint> =>
  stage.startRevint({
    replace: (service) =>
      service.name === HOST_STORE ? { ...service, databases: {}, buckets: {} } : service,
  });

const mostQueries = (of: string, most: number): Goal => ({
  what: `queries of D1 to open the console ${of}`,
  figure: "queries",
  of,
  most,
});
