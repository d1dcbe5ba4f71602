import { connect } from "node:net";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Deployment, startDeployment } from "../deployment.ts";
import { Pipe } from "../pipe.ts";
import { evilFrame } from "./arbitrary.ts";
import { checkCounts, HonestPeople } from "./honest.ts";
import { Judge } from "./judge.ts";
import { createWorld, type World } from "./world.ts";

const SEED = Number(process.env.ATTACK_SEED ?? 20_261_120);
/** Pipes that are attacked through at once. */
const LANES = 8;
/** Messages of one pipe: fewer than a second takes. */
const FRAMES = 30;

let revint: Deployment;
let world: World;
let honest: HonestPeople;

beforeAll(async () => {
  revint = await startDeployment({
    rooms: { REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000", ROOM_CAPACITY: "10", ROOM_FANOUT: "2" },
  });
  world = await createWorld(revint, new Judge(), LANES);
  honest = await HonestPeople.join(revint, world);
});
afterAll(async () => {
  await honest.close();
  await revint.close();
});

/** Sends all of these and waits until each has been answered, by a pong, an `ack` or an `error`. */
async function sendAll(uid: string, frames: readonly (string | Uint8Array<ArrayBuffer>)[]): Promise<Pipe> {
  const pipe = await Pipe.greeted(revint.url, world.sessionUid, uid);
  for (const frame of frames) pipe.socket.send(frame);
  const countAnswers = () =>
    pipe.pongs + pipe.all("error").length + pipe.all("ack").reduce((sum, { ids }) => sum + ids.length, 0);
  await pipe.until(() => countAnswers() >= frames.length);
  expect(countAnswers()).toBe(frames.length);
  expect(pipe.all("error").map(({ code }) => code)).not.toContain("internal");
  return pipe;
}

const frames = fc.array(evilFrame, { minLength: 1, maxLength: FRAMES });

test("whatever users say on pipes is answered, each message once, and what is kept is counted", async () => {
  const kept = new Set<string>();
  const attacking = world.users.slice(0, LANES).map((uid, lane) =>
    fc.assert(
      fc.asyncProperty(frames, async (all) => {
        const pipe = await sendAll(uid, [...all, mark(lane)]);
        for (const id of pipe.all("ack").flatMap(({ ids }) => ids)) kept.add(`${uid} ${id}`);
        await Promise.all([pipe.close(), honest.react()]);
      }),
      { seed: SEED + lane, numRuns: 15 },
    ),
  );
  await Promise.all(attacking);
  await honest.checkAlive();
  await expect.poll(async () => (await checkCounts(revint, world)).total).toBe(honest.kept + kept.size);
});

/** After everything else. */
const mark = (lane: number) =>
  JSON.stringify({ type: "react", id: `mark-${lane}`, page: "1.0", reaction: "x" });

test("nothing that a host says on a pipe is kept, or changes anything", async () => {
  const before = await checkCounts(revint, world);
  const uids = [world.hostUid, world.presenter.hostUid, world.moderator.hostUid];
  const attacking = uids.map((uid, lane) =>
    fc.assert(
      fc.asyncProperty(frames, async (all) => {
        const pipe = await sendAll(uid, all);
        expect(pipe.all("ack")).toEqual([]);
        await pipe.close();
      }),
      { seed: SEED + lane, numRuns: 15 },
    ),
  );
  await Promise.all(attacking);
  const after = await checkCounts(revint, world);
  expect(after.pages).toEqual(before.pages);
  await honest.checkAlive();
});

test("pings are answered as many as there are, and reactions beside them", async () => {
  const [uid = ""] = world.users;
  const pings = Array.from({ length: 1000 }, () => "ping");
  const pipe = await sendAll(uid, [...pings, mark(0)]);
  expect(pipe.answerTo("mark-0")).toMatchObject({ type: "ack" });
  await pipe.close();
});

test("bytes that are no frames end their own pipe and nothing else", async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 60 }),
    // Masked as it should be, of one kind each: text that is no UTF-8, reserved, oversized control, endless.
    fc.constantFrom(
      "818400000000c328c328",
      "8b8000000000",
      "89fe01000000000061",
      "81ff7fffffffffffffff00000000",
    ),
  );
  const uids = world.users.slice(1);
  let turn = 0;
  const property = fc.asyncProperty(bytes, async (some) => {
    const frame = typeof some === "string" ? Buffer.from(some, "hex") : some;
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(revint.url).port) });
    socket.on("error", () => {}); // cut off: as it may be
    socket.write(upgrade(uids[turn++ % uids.length] ?? ""));
    await new Promise((resolve) => socket.once("data", resolve));
    await new Promise((resolve) => socket.write(frame, resolve));
    // Without a goodbye, as a network ends.
    socket.destroy();
    await honest.react();
  });
  await fc.assert(property, { seed: SEED, numRuns: 60 });
  await honest.checkAlive();
  await checkCounts(revint, world);
});

const upgrade = (uid: string) =>
  [
    `GET /ws/v1/session/${world.sessionUid}/user/${uid}/pipe HTTP/1.1`,
    `Host: ${new URL(revint.url).host}`,
    ...["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
    ...["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "", ""],
  ].join("\r\n");

test("none of all this was a bug of ours", () => {
  expect(JSON.stringify(revint.harness.getLogs())).not.toContain('"stack"');
});
