import { afterEach, beforeEach, vi } from "vitest";
import type { LiveActivity } from "../../shared/interactions/activity/activity.ts";
import type { Tally } from "../../shared/interactions/activity/tally.ts";
import type { Counts } from "../../shared/interactions/topic.ts";
import { roomName } from "../../shared/protocol/identity.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import type { ReactionLedger } from "../reaction-store/reaction-ledger.ts";
import { ShownQuestions } from "./interactions/question/test-shown-questions.ts";
import { LedgerClient } from "./ledger-client.ts";
import type { SessionRoom } from "./session-room.ts";
import { createOpenSocket, TestObject, type TestSocket } from "./test-object.ts";
import { host, NOW, nameUser } from "./test-session.ts";

/** What becomes of one call: it, or its answer, may be late or lost. Times in milliseconds. */
export interface Fate {
  readonly delay: number;
  readonly lost: "no" | "call" | "answer";
  readonly answerDelay: number;
}

const PROMPT: Fate = { delay: 1, lost: "no", answerDelay: 1 };
const SESSION = "session-----------";
/** What its host says of it: so many people take four rooms. */
export const TALK = {
  name: "a talk",
  date: "2026-11-20",
  apiUrl: "https://api.example",
  webUiUrl: "https://api.example/join",
  expectedAudience: 20,
};
export const ROOMS = [0, 1, 2, 3];

/** Every test of a file begins at one moment, and time goes on when it says so. What rooms warn of on their way is not said. */
export function stopTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    vi.spyOn(console, "warn").mockReturnValue(undefined);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
}

type Constructor<T> = new (state: DurableObjectState, env: never) => T;
type Method = (...parameters: unknown[]) => unknown;

/** Whoever holds a pipe to one room: what it shows follows from what was said on it, as on a phone. */
class Phone {
  readonly #socket: TestSocket;

  constructor(socket: TestSocket) {
    this.#socket = socket;
  }

  /** Where it shows the deck to be. A lower version than one already seen is ignored. */
  get state() {
    let shown = { page: "0", version: 0 }; // it was greeted
    for (const message of this.#socket.sent) {
      if (message.type === "state_change" && message.version > shown.version) shown = message;
    }
    return { page: shown.page, version: shown.version };
  }

  /** The counts that it shows, by page and reaction. */
  get counts(): Map<string, number> {
    let pages: Record<string, Readonly<Record<string, number>>> = {};
    for (const message of this.#socket.sent) {
      if (message.type !== "reactions") continue;
      pages = message.whole ? { ...message.pages } : { ...pages, ...message.pages };
    }
    return toMap(pages);
  }

  /** What it shows of activities, by id: as the client does it. */
  get activities(): Map<string, ShownActivity> {
    const shown = new Map<string, ShownActivity>();
    for (const message of this.#socket.sent) addActivityNews(shown, message);
    return shown;
  }

  /** Every tally that was said to be final, in the order in which it was. */
  get finals(): FinalTally[] {
    const shown = new Map<string, ShownActivity>();
    return this.#socket.sent.flatMap((message) => {
      addActivityNews(shown, message);
      if (message.type !== "tallies") return [];
      return Object.entries(message.tallies).flatMap(([id, { final, people }]) => {
        const openedAt = shown.get(id)?.activity.openedAt;
        return final && openedAt !== undefined ? [{ id, openedAt, people }] : [];
      });
    });
  }

  /** How many people have answered an activity, each time that it was told. */
  countedOf(id: string): number[] {
    return this.#socket.sent.flatMap((message) =>
      message.type === "tallies" && message.tallies[id] ? [message.tallies[id].people] : [],
    );
  }

  /** What it shows of questions. */
  get questions(): ShownQuestions {
    return ShownQuestions.from(this.#socket.sent);
  }

  /** All reactions, as it was told last. */
  get total(): number {
    return this.#socket.sent.reduce((total, each) => (each.type === "reactions" ? each.total : total), 0);
  }
}

/** An activity on a phone, and its tally as it was told last. */
export interface ShownActivity {
  readonly activity: LiveActivity;
  readonly tally: Tally | undefined;
}

interface FinalTally {
  readonly id: string;
  readonly openedAt: number;
  readonly people: number;
}

function addActivityNews(shown: Map<string, ShownActivity>, message: ServerMessage): void {
  if (message.type === "activities") {
    const before = new Map(shown);
    if (message.whole) shown.clear();
    for (const id of message.removed ?? []) shown.delete(id);
    for (const activity of message.activities) {
      const known = before.get(activity.id);
      const isSame = known?.activity.openedAt === activity.openedAt;
      shown.set(activity.id, { activity, tally: isSame ? known?.tally : undefined });
    }
  }
  if (message.type !== "tallies") return;
  for (const [id, tally] of Object.entries(message.tallies)) {
    const known = shown.get(id);
    if (known && tally.round >= known.activity.round) shown.set(id, { ...known, tally });
  }
}

/** What an object does after it has died reaches nobody: calls, what it sends and what it stores. */
interface Life {
  isOver: boolean;
  /** Who has called it, and is to hear that it has died. */
  readonly callers: Set<() => void>;
}

const createLife = (): Life => ({ isOver: false, callers: new Set() });

/** Rooms and ledgers of one session, in memory, and the calls between them. */
export class TestNetwork {
  readonly #Room: Constructor<SessionRoom>;
  readonly #Ledger: Constructor<ReactionLedger>;
  readonly #env: unknown;
  readonly #objects = new Map<string, TestObject>();
  readonly #lives = new Map<string, Life>();
  readonly #hosts = new Map<number, Phone>();
  readonly #rooms = new Map<string, SessionRoom>();
  readonly #ledgers = new Map<string, ReactionLedger>();
  readonly #phones = new Map<number, Phone>();
  #fates: readonly Fate[];
  #calls = 0;

  /** @param fates of the calls, in their order, and again from the first */
  constructor(Room: Constructor<SessionRoom>, Ledger: Constructor<ReactionLedger>, fates: readonly Fate[]) {
    this.#Room = Room;
    this.#Ledger = Ledger;
    this.#fates = fates;
    this.#env = this.#createEnv(createLife());
    for (const room of ROOMS) this.#getRoom(roomName(SESSION, room));
  }

  /** What a room has of its surroundings, as long as it lives. */
  #createEnv(life: Life): unknown {
    return {
      ROOM_CAPACITY: "5",
      ROOM_FANOUT: "2",
      REACTIONS_PER_SECOND: "1000",
      REACTIONS_BURST: "1000",
      SESSION_ROOM: {
        getByName: (name: string) => this.#createStub(() => this.#getRoom(name), life, name),
      },
      REACTION_LEDGER: {
        getByName: (name: string) => this.#createStub(() => this.#getLedger(name), life),
      },
    };
  }

  /** A room dies, as it may at any moment, and its next life begins. Its pipes and what it has stored stay. */
  evict(room: number): void {
    this.#startRoom(roomName(SESSION, room));
  }

  /** The same for the ledger of a room. */
  evictLedger(room: number): void {
    const name = roomName(SESSION, room);
    const object = this.#objects.get(`ledger ${name}`);
    if (object) this.#ledgers.set(name, new this.#Ledger(object.state, {} as never));
  }

  /** The ledger of a room, called right away. */
  ledger(room: number): ReactionLedger {
    return this.#getLedger(roomName(SESSION, room));
  }

  /** What one ledger has counted under each topic. */
  async readLedger(room: number): Promise<Counts> {
    const { topics } = await new LedgerClient(this.#env as SessionStoreEnv, SESSION, room).totals();
    return topics;
  }

  /** The host, who has a pipe to the root since an earlier life of it. */
  get host(): Phone {
    const found = this.#hosts.get(0);
    if (!found) throw new Error("there is no host");
    return found;
  }

  /** A room, called by api: right away. */
  room(room: number): SessionRoom {
    const found = this.#rooms.get(roomName(SESSION, room));
    if (!found) throw new Error("there is no such room");
    return found;
  }

  /** Somebody who has a pipe to this room since an earlier life of it. */
  phone(room: number): Phone {
    const found = this.#phones.get(room);
    if (!found) throw new Error("there is no such room");
    return found;
  }

  /** Everybody who listens has read what they were told: rooms close pipes of others. */
  ping(): void {
    for (const { sockets } of this.#objects.values()) {
      for (const { socket } of sockets) socket.pinged = Date.now();
    }
  }

  /** From now on this becomes of the calls. */
  disturb(fates: readonly Fate[]): void {
    this.#fates = fates;
    this.#calls = 0;
  }

  /** From now on every call arrives, and is answered. */
  calm(): void {
    this.#fates = [];
  }

  /** What all ledgers have counted, added up. */
  async sumLedgers(): Promise<Map<string, number>> {
    const sums = new Map<string, number>();
    for (const room of ROOMS) {
      const ledger = new LedgerClient(this.#env as SessionStoreEnv, SESSION, room);
      const { topics } = await ledger.totals();
      const pages = Object.entries(topics).map(([topic, keys]) => [topic.replace("reaction:", ""), keys]);
      for (const [key, count] of toMap(Object.fromEntries(pages)))
        sums.set(key, (sums.get(key) ?? 0) + count);
    }
    return sums;
  }

  #getRoom(name: string): SessionRoom {
    const known = this.#rooms.get(name);
    if (known) return known;
    const object = new TestObject(name);
    this.#objects.set(name, object);
    // Whichever life it has by then.
    object.storage.onAlarm = () => void this.#rooms.get(name)?.alarm();
    const number = Number(name.split(".")[1]);
    const socket = createOpenSocket(nameUser("phone", number), Date.now());
    object.hold(socket);
    this.#phones.set(number, new Phone(socket));
    if (number === 0) {
      const hostSocket = createOpenSocket(host.participant, Date.now());
      object.hold(hostSocket);
      this.#hosts.set(number, new Phone(hostSocket));
    }
    return this.#startRoom(name);
  }

  #startRoom(name: string): SessionRoom {
    const object = this.#objects.get(name);
    if (!object) throw new Error("there is no such room");
    const before = this.#lives.get(name);
    if (before) before.isOver = true;
    for (const tell of before?.callers ?? []) tell();
    const life = createLife();
    this.#lives.set(name, life);
    const room = new this.#Room(muteAfter(object.state, life), this.#createEnv(life) as never);
    this.#rooms.set(name, room);
    return room;
  }

  #getLedger(name: string): ReactionLedger {
    let ledger = this.#ledgers.get(name);
    if (!ledger) {
      const object = new TestObject(name);
      this.#objects.set(`ledger ${name}`, object);
      ledger = new this.#Ledger(object.state, {} as never);
      this.#ledgers.set(name, ledger);
    }
    return ledger;
  }

  /** Another object, as a caller has it: values are copied, and each call has its fate. Who calls may die meanwhile. */
  #createStub(find: () => object, caller: Life, called = ""): object {
    return new Proxy(
      {},
      {
        get:
          (_, name) =>
          async (...parameters: unknown[]) => {
            if (caller.isOver) return never;
            const { delay, lost, answerDelay } = this.#fates[this.#calls++ % this.#fates.length] ?? PROMPT;
            const given = structuredClone(parameters);
            await wait(delay);
            if (lost === "call") throw new Error("the call is lost");
            // What is on its way when its caller dies may still come, seconds later, when the next life has counted.
            const object = find();
            const life = object instanceof this.#Room ? this.#lives.get(called) : undefined;
            const method: Method = Reflect.get(object, name);
            const answer = structuredClone(await untilDeath(life, () => method.apply(object, given)));
            await wait(answerDelay);
            if (lost === "answer") throw new Error("the answer is lost");
            return caller.isOver ? never : answer;
          },
      },
    );
  }
}

/** What an object answers; whoever called it hears of its death at once. */
async function untilDeath(life: Life | undefined, call: () => unknown): Promise<unknown> {
  if (!life) return call();
  const { promise: death, reject } = Promise.withResolvers<never>();
  const tell = () => reject(new Error("the object has died"));
  life.callers.add(tell);
  try {
    return await Promise.race([call(), death]);
  } finally {
    life.callers.delete(tell);
  }
}

const never = new Promise<never>(() => {});

/** An object's state: once its life is over, nothing that it does changes anything. */
function muteAfter(state: DurableObjectState, life: Life): DurableObjectState {
  const mute = <T extends object>(
    target: T,
    names: readonly string[],
    parts: Record<string, unknown> = {},
  ): T =>
    new Proxy(target, {
      get(_, name) {
        if (typeof name === "string" && name in parts) return parts[name];
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...parameters: unknown[]) => {
          if (life.isOver && typeof name === "string" && names.includes(name)) return undefined;
          const answer: unknown = value.apply(target, parameters);
          return answer;
        };
      },
    });
  const { storage } = state;
  const kv = mute(storage.kv, ["put", "delete"]);
  const sql = {
    exec: (...parameters: Parameters<SqlStorage["exec"]>) =>
      life.isOver ? { toArray: () => [] } : storage.sql.exec(...parameters),
  };
  const muted = mute(storage, ["setAlarm", "deleteAlarm", "deleteAll"], { kv, sql });
  return new Proxy(state, {
    get(target, name) {
      if (name === "storage") return muted;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      if (name === "getWebSockets") return (tag?: string) => (life.isOver ? [] : target.getWebSockets(tag));
      return value.bind(target);
    },
  });
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Counts by page and reaction in one map, without what is zero. */
function toMap(pages: Readonly<Record<string, Readonly<Record<string, number>>>>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [page, reactions] of Object.entries(pages)) {
    for (const [reaction, count] of Object.entries(reactions)) {
      if (count > 0) counts.set(`${page} ${reaction}`, count);
    }
  }
  return counts;
}
