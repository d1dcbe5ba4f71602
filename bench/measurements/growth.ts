import type { Contestant, Measurement } from "../measurement.ts";
import { withCpu } from "../processor.ts";
import { OPEN_BUCKET, type Revint, sendAll } from "../revint.ts";
import { type Size, scaled } from "../size.ts";
import type { Stage } from "../stage.ts";
import { LOOP_FIGURES } from "./figures.ts";

/** So many that ten thousand people, who sit in five rooms, still come in batches. */
const CONNECTIONS = 128;
/** How much of a round's time goes before it, to wake the objects. */
const WAKING_PART = 1 / 6;
const KEPT = 1_000_000;
const ROOM_PEOPLE = 100;

/** Whether it stays as fast as it was: with more people, more behind it, more rooms. */
export const growth = (stage: Stage, size: Size): Measurement[] => {
  const { seconds } = size;
  const client = stage.client.bind(stage);

  async function react(
    revint: Revint,
    name: string,
    people: number,
    more: { rooms?: number; kept?: number } = {},
  ) {
    const rooms = more.rooms ?? 1;
    const session = await revint.host({
      expectedAudience: more.rooms === undefined ? people : rooms * ROOM_PEOPLE,
    });
    const participants = await session.join(people);
    const requests = participants.map((person) => session.react(person, "1", "👍"));
    // A first reaction also writes down who it is from: once each, and before it counts.
    await sendAll(revint.port, requests);
    const load = client();
    const send = (time: number) => load.http(revint.port, requests, CONNECTIONS, time);
    const run = async () => {
      // While the others had their turns, its objects were put away.
      await send(seconds * WAKING_PART);
      return withCpu(revint.workerd.pid, seconds, () => send(seconds));
    };
    const [first] = participants;
    if (more.kept !== undefined && first) {
      await session.fill(more.kept, first);
    }
    return { contestant: { name, run } satisfies Contestant, close: () => load.close() };
  }

  const sideBySide =
    (
      start: () => Promise<Revint>,
      create: (revint: Revint) => ReturnType<typeof react>[],
    ): Measurement["prepare"] =>
    async () => {
      const revint = await start();
      const all: Awaited<ReturnType<typeof react>>[] = [];
      for (const one of create(revint)) all.push(await one);
      const close = async () => {
        for (const one of all) await one.close();
        await revint.close();
      };
      return { contestants: all.map(({ contestant }) => contestant), close };
    };

  const thousands = (count: number) => count.toLocaleString("en");
  const most = scaled(size, 10_000);
  const kept = scaled(size, KEPT);
  return [
    {
      group: "growth",
      isSlow: true,
      name: "growth-people",
      title: `React over HTTP, ${CONNECTIONS} connections, as people join`,
      figures: LOOP_FIGURES,
      goals: [
        {
          what: `throughput at ${thousands(most)} participants against 10`,
          figure: "rate",
          of: `${thousands(most)} people`,
          per: "10 people",
          least: 0.9,
        },
      ],
      prepare: sideBySide(
        () => stage.startRevint(),
        (revint) => [
          react(revint, "10 people", 10),
          react(revint, "100 people", 100),
          react(revint, "1,000 people", 1000),
          react(revint, `${thousands(most)} people`, most),
          react(revint, `10 people, ${thousands(kept)} kept`, 10, { kept }),
        ],
      ),
    },
    {
      group: "growth",
      isSlow: true,
      name: "growth-rooms",
      title: `React over HTTP, ${CONNECTIONS} connections, by rooms on this one machine`,
      figures: LOOP_FIGURES,
      prepare: sideBySide(
        () => stage.startRevint({ vars: { ...OPEN_BUCKET, ROOM_CAPACITY: `${ROOM_PEOPLE}` } }),
        (revint) =>
          [1, 2, 4, 8].map((rooms) => react(revint, `${rooms} room${rooms === 1 ? "" : "s"}`, 80, { rooms })),
      ),
    },
  ];
};
