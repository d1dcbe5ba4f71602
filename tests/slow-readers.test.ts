import { Buffer } from "node:buffer";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeRequest, type HttpRequest } from "../bench/http-connection.ts";
import {
  type BenchSession,
  headersOf,
  type Participant,
  type Revint,
  readOk,
  sendAll,
} from "../bench/revint.ts";
import { Stage } from "../bench/stage.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import { Pipe } from "./pipe.ts";

/** As many event streams, and as many pipes. */
const READERS = 40;
/** States of 4 KiB: 6 MB for everyone, of which the kernel's own buffers take the smaller part. */
const STATES = 1500;
/**
 * What all of them may add to the Workers' memory, in KiB. A heap grows by some dozens of MiB at such work, whoever
 * listens; without a bound, what waits for these readers takes hundreds.
 */
const MOST_KIB = 150 * 1024;

// The runtime itself: what stands in front of it elsewhere reads ahead.
let stage: Stage;
let revint: Revint;
let session: BenchSession;

beforeAll(async () => {
  stage = await Stage.open();
  revint = await stage.startRevint();
  session = await revint.host({ expectedAudience: 100 });
});
afterAll(() => stage.close());

/** Asks for something that goes on, reads its head, and from then on nothing any more. */
async function openUnread(request: HttpRequest): Promise<Socket> {
  const socket = connect(revint.port, "127.0.0.1");
  socket.write(encodeRequest(request));
  const [head] = await once(socket, "data");
  socket.pause();
  expect(String(head)).toMatch(/^HTTP\/1.1 (101|200) /);
  return socket;
}

const UPGRADE = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": Buffer.from("not so random 16").toString("base64"),
};
const openPipe = (person: Participant) =>
  openUnread({ method: "GET", path: session.pipe(person), headers: { ...headersOf(person), ...UPGRADE } });
const openEvents = (person: Participant) => openUnread(session.events(person));

/** Everything that has waited for a reader, until the other side has nothing more to say. */
async function readOn(socket: Socket, isEnd: (read: Buffer) => boolean): Promise<Buffer> {
  let read = Buffer.alloc(0);
  await new Promise<void>((resolve) => {
    const look = () => {
      if (isEnd(read)) resolve();
    };
    socket.on("data", (piece) => {
      read = Buffer.concat([read, piece]);
      look();
    });
    socket.on("error", () => {});
    socket.once("close", () => resolve());
    socket.resume();
  });
  socket.destroy();
  return read;
}

/** A close frame, 1001. */
const GOING_AWAY = Buffer.from([0x03, 0xe9]);
const hasClosed = (read: Buffer) => read.length > 4 && read.subarray(-2).equals(GOING_AWAY);

let version = 0;
/** The deck goes on and on. @returns the most memory that the Workers had meanwhile, in KiB */
async function beBusy(): Promise<number> {
  let most = 0;
  for (let states = 0; states < STATES; states += 100) {
    const requests = Array.from({ length: 100 }, (_, index) => {
      const state = `${states + index}`.padEnd(LIMITS.stateBytes, "s");
      return session.setState(`${(states + index) % 200}`, state);
    });
    for (const answer of await sendAll(revint.port, requests)) readOk(answer);
    version += 100;
    most = Math.max(most, (await revint.workerd.usage()).residentKib);
  }
  return most;
}

test("forty event streams and forty pipes that nobody reads take little memory, and are closed", async () => {
  const people = await session.join(2 * READERS + 1);
  const [honest, ...others] = people;
  if (!honest) throw new Error("nobody");
  const url = `http://127.0.0.1:${revint.port}`;
  const reader = await Pipe.greeted(url, session.sessionUid, honest.uid);
  await beBusy();
  const before = await beBusy();

  const [first, second] = [others.slice(0, READERS), others.slice(READERS)];
  const [streams, pipes] = await Promise.all([
    Promise.all(first.map(openEvents)),
    Promise.all(second.map(openPipe)),
  ]);
  expect((await beBusy()) - before).toBeLessThan(MOST_KIB);

  // Whoever reads has everything, in order, and reacts.
  await reader.until(() => reader.last("state_change")?.version === version);
  expect(reader.all("state_change").map((state) => state.version)).toEqual(
    Array.from({ length: version + 1 }, (_, index) => index),
  );
  expect(await reader.react("1", "👏", "1")).toMatchObject({ type: "ack" });

  // The others have been closed long before.
  for (const text of await Promise.all(streams.map((socket) => readOn(socket, () => false)))) {
    expect(text.includes(`"version":${version}`)).toBe(false);
  }
  for (const text of await Promise.all(pipes.map((socket) => readOn(socket, hasClosed)))) {
    expect(text.includes(`"version":${version}`)).toBe(false);
  }
  // They can come back, and the memory does too.
  const back = await Promise.all(second.map((person) => Pipe.greeted(url, session.sessionUid, person.uid)));
  for (const pipe of back) {
    expect(pipe.last("state_change")).toMatchObject({ version });
    await pipe.close();
  }
  expect((await beBusy()) - before).toBeLessThan(MOST_KIB);
});
