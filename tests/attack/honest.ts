import { expect } from "vitest";
import type * as z from "zod";
import { ExportRow } from "../../shared/protocol/export.schema.ts";
import { PING } from "../../shared/protocol/message.ts";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import { SetStateAnswer } from "../../shared/protocol/state.schema.ts";
import { TimelineAnswer } from "../../shared/protocol/timeline.schema.ts";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import { Totals } from "../../workers/lib/totals.ts";
import { type Deployment, read } from "../deployment.ts";
import { Pipe } from "../pipe.ts";
import type { World } from "./world.ts";

/** Where nobody else reacts. */
const PAGE = "honest";
const REACTION = "👏";
/** A part that did not answer is asked again so often, with the same id. */
const TRIES = 5;

interface HonestPerson {
  readonly uid: string;
  readonly token: string;
  readonly pipe: Pipe;
}

/** People who mean well, in the middle of an attack. What they are told is kept has to be counted in the end. */
export class HonestPeople {
  readonly #revint: Deployment;
  readonly #world: World;
  readonly #people: readonly HonestPerson[];
  #turn = 0;

  private constructor(revint: Deployment, world: World, people: HonestPerson[]) {
    this.#revint = revint;
    this.#world = world;
    this.#people = people;
  }

  static async join(revint: Deployment, world: World, count = 6): Promise<HonestPeople> {
    const join = async () => {
      const { uid, token } = await revint.join(world.sessionUid);
      return { uid, token, pipe: await Pipe.greeted(revint.url, world.sessionUid, uid) };
    };
    return new HonestPeople(revint, world, await Promise.all(Array.from({ length: count }, join)));
  }

  /** Reactions that somebody was told are kept. */
  kept = 0;

  /** The next one's turn, over a pipe or over HTTP. @throws when it is refused, or never kept */
  async react(): Promise<void> {
    const turn = this.#turn++;
    const person = this.#people[turn % this.#people.length];
    if (!person) throw new RangeError("nobody is there");
    const id = `honest-${turn}`;
    person.pipe.socket.send(PING); // whoever says nothing for long is taken for gone
    for (let tries = 0; tries < TRIES; tries++) {
      const code = await (turn % 2 === 0 ? this.#tap(person.pipe, id) : this.#post(person, id));
      if (code === "unavailable") continue;
      expect(code).toBe("kept");
      this.kept++;
      return;
    }
    throw new Error(`not kept after ${TRIES} tries`);
  }

  /** All that a session that is well can do: people come, react, and hear of it; the host says where the deck is. */
  async checkAlive(): Promise<void> {
    const { sessionUid, path, hostToken, hostUid } = this.#world;
    const asHost = { token: hostToken, uid: hostUid };
    const { uid } = await this.#revint.join(sessionUid);
    const pipe = await Pipe.greeted(this.#revint.url, sessionUid, uid);
    expect(pipe.heard.slice(0, 3).map(({ type }) => type)).toEqual(["state_change", "reactions", "presence"]);
    expect(await this.#tap(pipe, "new-here")).toBe("kept");
    this.kept++;
    const json = { page: PAGE, state: "here" };
    const answer = await this.#revint.request("POST", `${path}/state`, { ...asHost, json });
    const { version } = await read(SetStateAnswer, answer);
    await pipe.until(() => pipe.last("state_change")?.version === version);
    await pipe.until(() => pipe.totals.get(PAGE, REACTION) === this.kept);
    await pipe.close();
  }

  /** What was counted of them. */
  countIn(pages: Pages): number | undefined {
    return pages[PAGE]?.[REACTION];
  }

  async close(): Promise<void> {
    await Promise.all(this.#people.map(({ pipe }) => pipe.close()));
  }

  async #tap(pipe: Pipe, id: string): Promise<string> {
    const answer = await pipe.react(PAGE, REACTION, id);
    return answer.type === "ack" ? "kept" : answer.code;
  }

  async #post({ uid, token }: HonestPerson, id: string): Promise<string> {
    const headers = { "idempotency-key": id };
    const options = { uid, token, headers, json: { page: PAGE, reaction: REACTION } };
    const answer = await this.#revint.request("POST", `${this.#world.path}/user/${uid}/react`, options);
    const said: unknown = await answer.json();
    return answer.ok ? "kept" : Problem.parse(said).code;
  }
}

/** The counts of a session as each part tells them. */
export async function readCounts(revint: Deployment, { path, hostToken, hostUid }: World) {
  const asHost = { token: hostToken, uid: hostUid };
  const [totals, timeline, rows] = await Promise.all([
    revint.request("GET", `${path}/reactions`, asHost).then((answer) => read(SessionTotals, answer)),
    revint.request("GET", `${path}/timeline`, asHost).then((answer) => read(TimelineAnswer, answer)),
    revint.request("GET", `${path}/reactions/export`, asHost).then(async (answer) => {
      const lines = (await answer.text()).split("\n").filter((line) => line !== "");
      return lines.map((line) => ExportRow.parse(JSON.parse(line)));
    }),
  ]);
  const exported = new Totals();
  for (const { page, reaction } of rows) exported.add(page, reaction, 1);
  const told = new Map(
    timeline.pages.filter(({ total }) => total > 0).map(({ page, total }) => [page, total]),
  );
  return { totals, exported, timeline, told };
}

/** @returns the counts, which are the same wherever they are told: totals, ledgers, export, timeline */
export async function checkCounts(revint: Deployment, world: World): Promise<z.infer<typeof SessionTotals>> {
  const { totals, exported, timeline, told } = await readCounts(revint, world);
  expect(Totals.from(totals.pages).total).toBe(totals.total);
  expect(exported.toJSON()).toEqual(totals.pages);
  expect(timeline.total).toBe(totals.total);
  const sums = Object.entries(totals.pages).map(
    ([page, reactions]) => [page, Object.values(reactions).reduce((sum, count) => sum + count, 0)] as const,
  );
  expect(told).toEqual(new Map(sums));
  return totals;
}
