import { now, pause } from "./clock.ts";
import { readOperations, startCounted } from "./counted-revint.ts";
import { combine, type Operations } from "./operations.ts";
import { OPEN_BUCKET } from "./revint.ts";
import type { Stage } from "./stage.ts";
import { getTreeDepth } from "./tree-depth.ts";

const CAPACITY = 2;
const FANOUT = 32;
const SETTLE_MS = 4000;

/** What a tree of many rooms did, by the real code with tiny rooms. */
export interface TreeCheck {
  readonly rooms: number;
  readonly depth: number;
  readonly people: number;
  /** One slide change: until all have it, and what it took. */
  readonly slideMs: number;
  readonly slide: Operations;
  /** Everyone taps once: until the session's totals are right, and what it took. */
  readonly taps: number;
  readonly total: number;
  readonly tapMs: number;
  readonly tapping: Operations;
  readonly isExact: boolean;
}

/** A million people are about 500 rooms. Here 500 rooms hold two people each: same tree, same messages. */
export async function checkTree(
  stage: Stage,
  rooms: number,
  progress: (text: string) => void,
): Promise<TreeCheck> {
  const revint = await startCounted(stage, {
    vars: { ...OPEN_BUCKET, ROOM_CAPACITY: `${CAPACITY}`, ROOM_FANOUT: `${FANOUT}` },
  });
  const client = stage.client();
  try {
    const people = rooms * CAPACITY;
    progress(`a tree of ${rooms} rooms: ${people} people join`);
    const session = await revint.host({ expectedAudience: people });
    const participants = await session.join(people);
    const paths = participants.map((person) => session.pipe(person));
    await client.run({ kind: "open", port: revint.port, paths, protocol: "plain" });
    await pause(SETTLE_MS);

    progress(`a tree of ${rooms} rooms: a slide change`);
    const before = await readOperations(revint);
    const { last = Number.NaN } = await client.broadcast(
      revint.port,
      session.setState("2", "tree-marker"),
      "tree-marker",
    );
    await pause(SETTLE_MS);
    const afterSlide = await readOperations(revint);

    progress(`a tree of ${rooms} rooms: everyone taps`);
    const start = now();
    const { acked = 0 } = await client.run({
      kind: "react",
      seconds: 1,
      rate: people,
      page: "2",
      reactions: ["👍", "👏"],
    });
    let { total } = await session.totals();
    while (total < acked && now() - start < 15_000) {
      await pause(50);
      total = (await session.totals()).total;
    }
    const tapMs = now() - start - 1000;
    await pause(SETTLE_MS);
    const afterTaps = await readOperations(revint);
    const kept = (await session.entries(participants)).length;
    return {
      rooms,
      depth: getTreeDepth(rooms, FANOUT),
      people,
      slideMs: last,
      slide: combine([afterSlide, 1], [before, -1]),
      taps: acked,
      total,
      tapMs,
      tapping: combine([afterTaps, 1], [afterSlide, -1]),
      isExact: total === acked && kept === acked,
    };
  } finally {
    await client.close();
    await revint.close();
  }
}
