import { roomName } from "../../shared/protocol/identity.ts";
import type { ReactionLedger } from "../reaction-store/reaction-ledger.ts";
import { LedgerClient } from "./ledger-client.ts";
import type { SessionRoom } from "./session-room.ts";
import { createOpenSocket, TestObject, type TestSocket } from "./test-object.ts";
import { nameUser } from "./test-session.ts";

/** What becomes of one call: it, or its answer, may be late or lost. Times in milliseconds. */
export interface Fate {
  readonly delay: number;
  readonly lost: "no" | "call" | "answer";
  readonly answerDelay: number;
}

const PROMPT: Fate = { delay: 1, lost: "no", answerDelay: 1 };
const SESSION = "session-----------";

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

  /** All reactions, as it was told last. */
  get total(): number {
    return this.#socket.sent.reduce((total, each) => (each.type === "reactions" ? each.total : total), 0);
  }
}

/** Rooms and ledgers of one session, in memory, and the calls between them. */
export class TestNetwork {
  readonly #env: unknown;
  readonly #rooms = new Map<string, SessionRoom>();
  readonly #ledgers = new Map<string, ReactionLedger>();
  readonly #phones = new Map<number, Phone>();
  #fates: readonly Fate[];
  #calls = 0;

  /** @param fates of the calls, in their order, and again from the first */
  constructor(Room: Constructor<SessionRoom>, Ledger: Constructor<ReactionLedger>, fates: readonly Fate[]) {
    this.#fates = fates;
    this.#env = {
      ROOM_CAPACITY: "5",
      ROOM_FANOUT: "2",
      REACTIONS_PER_SECOND: "1000",
      REACTIONS_BURST: "1000",
      SESSION_ROOM: {
        getByName: (name: string) => this.#createStub(() => this.#getRoom(name, Room)),
      },
      REACTION_LEDGER: {
        getByName: (name: string) => this.#createStub(() => this.#getLedger(name, Ledger)),
      },
    };
    for (const room of [0, 1, 2, 3]) this.#getRoom(roomName(SESSION, room), Room);
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

  /** From now on every call arrives, and is answered. */
  calm(): void {
    this.#fates = [];
  }

  /** What all ledgers have counted, added up. */
  async sumLedgers(): Promise<Map<string, number>> {
    const sums = new Map<string, number>();
    for (const room of [0, 1, 2, 3]) {
      const ledger = new LedgerClient(this.#env as SessionStoreEnv, SESSION, room);
      const { topics } = await ledger.totals();
      const pages = Object.entries(topics).map(([topic, keys]) => [topic.replace("reaction:", ""), keys]);
      for (const [key, count] of toMap(Object.fromEntries(pages)))
        sums.set(key, (sums.get(key) ?? 0) + count);
    }
    return sums;
  }

  #getRoom(name: string, Room: Constructor<SessionRoom>): SessionRoom {
    const known = this.#rooms.get(name);
    if (known) return known;
    const object = new TestObject(name);
    const number = Number(name.split(".")[1]);
    const socket = createOpenSocket(nameUser("phone", number), Date.now());
    object.hold(socket);
    const room = new Room(object.state, this.#env as never);
    object.storage.onAlarm = () => void room.alarm();
    this.#rooms.set(name, room);
    this.#phones.set(number, new Phone(socket));
    return room;
  }

  #getLedger(name: string, Ledger: Constructor<ReactionLedger>): ReactionLedger {
    let ledger = this.#ledgers.get(name);
    if (!ledger) {
      ledger = new Ledger(new TestObject(name).state, {} as never);
      this.#ledgers.set(name, ledger);
    }
    return ledger;
  }

  /** Another object, as a caller has it: values are copied, and each call has its fate. */
  #createStub(find: () => object): object {
    return new Proxy(
      {},
      {
        get:
          (_, name) =>
          async (...parameters: unknown[]) => {
            const { delay, lost, answerDelay } = this.#fates[this.#calls++ % this.#fates.length] ?? PROMPT;
            const given = structuredClone(parameters);
            await wait(delay);
            if (lost === "call") throw new Error("the call is lost");
            const object = find();
            const method: Method = Reflect.get(object, name);
            const answer: unknown = structuredClone(await method.apply(object, given));
            await wait(answerDelay);
            if (lost === "answer") throw new Error("the answer is lost");
            return answer;
          },
      },
    );
  }
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
