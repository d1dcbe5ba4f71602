import { ArraySession } from "../arrays.ts";
import type { HttpRequest } from "../http-connection.ts";
import type { Contestant, Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { insert } from "../references.ts";
import { readOk, sendAll } from "../revint.ts";
import type { Size } from "../size.ts";
import type { Stage } from "../stage.ts";
import { LOOP_FIGURES } from "./figures.ts";

const CONNECTIONS = 32;
const PEOPLE = 200;

/** Look-up, login and state beside the floors of the platform and P3. */
export const read = (stage: Stage, { seconds }: Size): Measurement[] => {
  const start = async () => {
    const [revint, references] = await Promise.all([stage.revint(), stage.references()]);
    const client = stage.client();
    const session = await revint.host();
    const loop = (name: string, pid: number, port: number, requests: readonly HttpRequest[]): Contestant => ({
      name,
      run: () => withCpu(pid, seconds, () => client.http(port, requests, CONNECTIONS, seconds)),
    });
    const ours = (requests: readonly HttpRequest[]) =>
      loop("revint", revint.workerd.pid, revint.port, requests);
    const reference = (name: string, worker: string, requests: readonly HttpRequest[]) =>
      loop(name, references.pid, references.port(worker), requests);
    const inserting = reference("R2", "insert-api", [insert(session.sessionUid, "u", "👍")]);
    return { session, references, ours, reference, inserting, close: () => client.close() };
  };
  return [
    {
      group: "read",
      name: "look-up",
      title: "Public look-up",
      figures: LOOP_FIGURES,
      goals: [{ what: "look-up against R1", figure: "rate", of: "revint", per: "R1", least: 0.7 }],
      prepare: async () => {
        const { session, references, ours, reference, close } = await start();
        const arrays = await ArraySession.start(references.port("array-api"));
        const contestants = [
          ours([session.lookUp()]),
          reference("R0", "bare", [session.lookUp()]),
          reference("R1", "hono", [session.lookUp()]),
          reference("P3", "array-api", [arrays.lookUp()]),
        ];
        return { contestants, close };
      },
    },
    {
      group: "read",
      name: "join-code",
      title: "Where a join code leads",
      figures: LOOP_FIGURES,
      goals: [],
      prepare: async () => {
        const { session, ours, reference, inserting, close } = await start();
        const contestants = [
          ours([await session.lookUpJoinCode()]),
          reference("R1", "hono", [session.lookUp()]),
          inserting,
        ];
        return { contestants, close };
      },
    },
    {
      group: "read",
      name: "login",
      title: "Login: a new participant each time",
      figures: LOOP_FIGURES,
      goals: [{ what: "login against R2", figure: "rate", of: "revint", per: "R2", least: 0.8 }],
      prepare: async () => {
        const { session, references, ours, reference, inserting, close } = await start();
        const token = await session.audienceToken();
        // One session takes 1,000 joins a second and refuses more: several take turns.
        const others = await Promise.all(Array.from({ length: 7 }, () => session.revint.host()));
        const logins = await Promise.all(
          others.map(async (other) => other.login(await other.audienceToken())),
        );
        const arrays = await ArraySession.start(references.port("array-api"));
        const contestants = [
          ours([session.login(token), ...logins]),
          inserting,
          reference("P3", "array-api", [arrays.login()]),
        ];
        return { contestants, close };
      },
    },
    {
      group: "read",
      name: "get-state",
      title: "Get state",
      figures: LOOP_FIGURES,
      goals: [{ what: "get state against R2", figure: "rate", of: "revint", per: "R2", least: 1.5 }],
      prepare: async () => {
        const { session, references, ours, reference, inserting, close } = await start();
        const people = await session.join(PEOPLE);
        const arrays = await ArraySession.start(references.port("array-api"));
        const uids = await arrays.join(PEOPLE);
        const contestants = [
          ours(people.map((person) => session.getState(person))),
          inserting,
          reference(
            "P3",
            "array-api",
            uids.map((uid) => arrays.getState(uid)),
          ),
        ];
        return { contestants, close };
      },
    },
    {
      group: "read",
      name: "set-state",
      title: "Set state with nobody listening",
      figures: LOOP_FIGURES,
      goals: [{ what: "set state against R2", figure: "rate", of: "revint", per: "R2", least: 0.8 }],
      prepare: async () => {
        const { session, references, ours, reference, inserting, close } = await start();
        const arrays = await ArraySession.start(references.port("array-api"));
        const contestants = [
          ours([session.setState("1", "a"), session.setState("2", "b")]),
          inserting,
          reference("P3", "array-api", [arrays.setState("1")]),
        ];
        return { contestants, close };
      },
    },
    {
      group: "read",
      name: "recap",
      title:
        "Read a published recap: the whole page, and whether the one that a reader has is still published",
      figures: LOOP_FIGURES,
      goals: [
        { what: "a published recap against R2", figure: "rate", of: "the page", per: "R2", least: 1.5 },
      ],
      prepare: async () => {
        const { session, ours, inserting, close } = await start();
        const [person] = await session.join(1);
        if (!person) throw new Error("nobody has joined");
        await sendAll(session.revint.port, [session.react(person, "1", "👍")]).then(([kept]) => readOk(kept));
        const version = await session.publishRecap();
        const contestants = [
          { ...ours([session.readRecap()]), name: "the page" },
          { ...ours([session.readRecap(version)]), name: "not modified" },
          inserting,
        ];
        return { contestants, close };
      },
    },
  ];
};
