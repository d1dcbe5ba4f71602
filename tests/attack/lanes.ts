import * as fc from "fast-check";
import type { Judge } from "./judge.ts";
import type { Wire, WireAnswer, WireRequest } from "./wire.ts";

/** Another seed makes another attack: fast-check says which one failed, and what is left of it when it is made small. */
export const SEED = Number(process.env.ATTACK_SEED ?? 20_261_120);
/** Requests that are on their way together: each connection has its own attacker, and one failing request is found. */
export const LANES = 16;

/** Whom the requests reach, and who looks at the answers. */
interface Ground {
  readonly wire: Wire;
  readonly judge: Judge;
}

/** As many attackers at once as there are connections. @param each requests of each one of them, another attack with another seed */
export async function attackInLanes(
  { wire, judge }: Ground,
  attack: fc.Arbitrary<WireRequest>,
  each: number,
  note: (request: WireRequest, answer: WireAnswer) => void = () => {},
  seed = SEED,
): Promise<void> {
  const property = fc.asyncProperty(attack, async (one) => {
    const answer = await wire.send(one);
    judge.judge(one, answer);
    note(one, answer);
  });
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    fc.assert(property, { seed: seed + lane, numRuns: each }),
  );
  await Promise.all(lanes);
}

/** Mostly what is good. */
export const rarely = <T>(good: T, evil: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: evil });

/** Says itself in one line where fast-check reports it. */
export const showing = (request: WireRequest): WireRequest =>
  Object.assign(request, { [fc.toStringMethod]: () => show(request) });

const show = ({ body, ...request }: WireRequest): string =>
  JSON.stringify({
    ...request,
    body: Buffer.from(body ?? [])
      .toString("latin1")
      .slice(0, 2000),
  });
