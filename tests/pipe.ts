import type { LiveActivity } from "../shared/interactions/activity/activity.ts";
import type { AnswerValue, Tally } from "../shared/interactions/activity/tally.ts";
import { getRole } from "../shared/protocol/identity.ts";
import { ClientMessage, ServerMessage } from "../shared/protocol/message.schema.ts";
import { Totals } from "../workers/lib/totals.ts";

type Message<Type extends ServerMessage["type"]> = Extract<ServerMessage, { type: Type }>;

/** After so many characters read it says that it reads on, as docs/protocol.md asks. */
const READ_CHARACTERS = 32 * 1024;

/** A bare pipe, as a client of the protocol sees it: everything it heard, in order, by the shared schema. */
export class Pipe {
  readonly socket: WebSocket;
  readonly heard: ServerMessage[] = [];
  readonly closed: Promise<CloseEvent>;
  /** The counts as its messages add up. */
  totals = new Totals();
  /** Answers to its pings. */
  pongs = 0;
  readonly #waiting = new Set<() => void>();
  #read = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.addEventListener("close", resolve));
    socket.addEventListener("message", ({ data }) => {
      if (data === "pong") {
        this.pongs++;
        this.#look();
        return;
      }
      this.#read += String(data).length;
      if (this.#read > READ_CHARACTERS) {
        this.#read = 0;
        socket.send("ping");
      }
      const message = ServerMessage.parse(JSON.parse(String(data)));
      this.heard.push(message);
      if (message.type === "reactions") this.#count(message);
      this.#look();
    });
  }

  /** Opens a pipe; throws when the upgrade is refused. */
  static async open(url: string, sessionUid: string, uid: string): Promise<Pipe> {
    const address = new URL(`/ws/v1/session/${sessionUid}/${getRole(uid)}/${uid}/pipe`, url);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    const pipe = new Pipe(socket);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error("the upgrade was refused")));
    });
    return pipe;
  }

  /** Opens one and waits for its greeting. */
  static async greeted(url: string, sessionUid: string, uid: string): Promise<Pipe> {
    const pipe = await Pipe.open(url, sessionUid, uid);
    await pipe.until(() => pipe.last("presence") !== undefined);
    return pipe;
  }

  all<Type extends ServerMessage["type"]>(type: Type): Message<Type>[] {
    return this.heard.filter((message): message is Message<Type> => message.type === type);
  }

  last<Type extends ServerMessage["type"]>(type: Type): Message<Type> | undefined {
    return this.all(type).at(-1);
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(ClientMessage.parse(message)));
  }

  /** Sends a reaction and waits for its answer. */
  async react(page: string, reaction: string, id: string): Promise<Message<"ack"> | Message<"error">> {
    this.send({ type: "react", id, page, reaction });
    return this.until(() => this.answerTo(id));
  }

  /** Sends an answer to an activity, and waits for what becomes of it. */
  async answer(activity: string, round: number, value: AnswerValue | null, id: string) {
    this.send({ type: "answer", id, activity, round, value });
    return this.until(() => this.answerTo(id));
  }

  /** An activity as it was told last. */
  activity(id: string): LiveActivity | undefined {
    let known: LiveActivity | undefined;
    for (const { activities, removed, whole } of this.all("activities")) {
      if (whole || removed?.includes(id)) known = undefined;
      known = activities.find((each) => each.id === id) ?? known;
    }
    return known;
  }

  /** The tally of an activity, as it was told last. */
  tally(id: string): Tally | undefined {
    return this.all("tallies").findLast(({ tallies }) => id in tallies)?.tallies[id];
  }

  answerTo(id: string): Message<"ack"> | Message<"error"> | undefined {
    return (
      this.all("ack").find(({ ids }) => ids.includes(id)) ??
      this.all("error").findLast((error) => error.id === id)
    );
  }

  /** Resolves with what `check` finds, as soon as messages make it true. */
  until<T>(check: () => T | undefined | false, timeoutMs = 45_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = check();
        if (found === undefined || found === false) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`not heard in time; last: ${JSON.stringify(this.heard.slice(-4)).slice(0, 1000)}`));
      }, timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  async close(code = 1000): Promise<CloseEvent> {
    this.socket.close(code);
    return this.closed;
  }

  #look(): void {
    for (const check of this.#waiting) check();
  }

  #count({ pages, whole }: Message<"reactions">): void {
    if (whole) this.totals = new Totals();
    for (const [page, reactions] of Object.entries(pages)) this.totals.setTopic(page, reactions);
  }
}
