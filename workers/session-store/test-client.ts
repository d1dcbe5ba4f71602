import { env, exports } from "cloudflare:workers";
import { afterEach } from "vitest";
import { createParticipant, createRandom, getRoom, roomName } from "../../shared/protocol/identity.ts";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";
import { Seat } from "../lib/session.ts";
import { Totals } from "../lib/totals.ts";
import type { FaultyLedger } from "../reaction-store/faulty-ledger.ts";

let sessions = 0;

/** A room's object. */
export const getRoomOf = (session: string, number = 0) =>
  (env.SESSION_ROOM as SessionStoreEnv["SESSION_ROOM"]).getByName(roomName(session, number));

/** A room's ledger. */
export const getLedgerOf = (session: string, room = 0) =>
  (env.REACTION_LEDGER as DurableObjectNamespace<FaultyLedger>).getByName(roomName(session, room));

export const host = { participant: createParticipant("host", 0, "0".repeat(16)), role: "host" } as const;

/** The name of a user of this room, who has not joined. */
export const nameUser = (room = 0) => createParticipant("user", room, createRandom());

/** A request to session-store, as api makes it. */
export const call = (path: string, init?: RequestInit) =>
  exports.default.fetch(`http://session-store${path}`, {
    headers: { "content-type": "application/json" },
    ...init,
  });

/** Starts a session of its own. */
export async function openSession(more: Record<string, unknown> = {}, restart = false, name?: string) {
  const session = name ?? `session-${++sessions}`.padEnd(18, "-");
  const facts = {
    name: "a talk",
    date: "2026-11-20",
    reactions: [],
    apiUrl: "https://api.example",
    webUiUrl: "https://api.example/join",
    expectedAudience: 1,
    maxParticipants: 20_000,
    retentionDays: 30,
    ...more,
  };
  const body = JSON.stringify({ session: facts, restart });
  await call(`/session/${session}`, { method: "PUT", body });
  return session;
}

/** Somebody joins, as who they were before or as somebody new. */
export const takeSeat = (session: string, known?: string) => getRoomOf(session).join(known);

/** Joins, and opens a client for the seat. */
export async function joinSession(session: string): Promise<TestClient> {
  return new TestClient(session, Seat.parse(await takeSeat(session)).participant);
}

/** Clients of this test; they reconnect for ever, so they must be closed. */
const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** Joins, and opens a pipe until the test is over. */
export async function join(session: string): Promise<TestClient> {
  const client = await joinSession(session);
  clients.push(client);
  await client.connect();
  return client;
}

/**
 * A client that behaves as docs/protocol.md asks: it reconnects when its pipe ends, and sends
 * what nobody confirmed again under the same id.
 */
export class TestClient {
  readonly session: string;
  readonly participant: string;
  readonly acked = new Set<string>();
  readonly refused: ServerMessage[] = [];
  readonly versions: number[] = [];
  totals = new Totals();
  people = 0;
  connects = 0;
  #socket: WebSocket | undefined;
  #unsent = new Map<string, { page: string; reaction: string }>();
  #isClosed = false;
  readonly #waiting = new Set<() => void>();

  constructor(session: string, participant: string) {
    this.session = session;
    this.participant = participant;
  }

  get room(): number {
    return getRoom(this.participant);
  }

  /** Opens the pipe, again and again until it opens. */
  async connect(): Promise<void> {
    while (!this.#isClosed) {
      const path = `/session/${this.session}/participant/${this.participant}/pipe`;
      const response = await call(path, { headers: { Upgrade: "websocket" } }).catch(() => undefined);
      const socket = response?.webSocket;
      if (socket) {
        this.#listen(socket);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 50));
    }
  }

  /** Sends a reaction; resolves when it is acknowledged, over however many pipes that takes. */
  async react(page: string, reaction: string, id: string): Promise<void> {
    this.#unsent.set(id, { page, reaction });
    this.#send(id);
    await this.until(() => this.acked.has(id));
  }

  until(check: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!check()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.close(1000);
  }

  #listen(socket: WebSocket): void {
    this.#socket = socket;
    this.connects++;
    socket.addEventListener("message", ({ data }) =>
      this.#hear(ServerMessage.parse(JSON.parse(String(data)))),
    );
    socket.addEventListener("close", () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      void this.connect();
    });
    socket.accept();
    for (const id of this.#unsent.keys()) this.#send(id);
  }

  #send(id: string): void {
    const unsent = this.#unsent.get(id);
    if (!unsent) return;
    try {
      this.#socket?.send(JSON.stringify({ type: "react", id, ...unsent }));
    } catch {
      // The pipe is ending; the next one sends it again.
    }
  }

  #hear(message: ServerMessage): void {
    if (message.type === "ack") {
      for (const id of message.ids) {
        this.acked.add(id);
        this.#unsent.delete(id);
      }
    }
    if (message.type === "error") {
      this.refused.push(message);
      const { id, retryAfter = 1 } = message;
      if (id !== undefined && ["unavailable", "rate_limited"].includes(message.code)) {
        setTimeout(() => this.#send(id), retryAfter * 1000 + Math.random() * 50);
      }
    }
    if (message.type === "state_change") this.versions.push(message.version);
    if (message.type === "presence") this.people = message.participants;
    if (message.type === "reactions") {
      if (message.whole) this.totals = new Totals();
      for (const [page, reactions] of Object.entries(message.pages)) this.totals.setTopic(page, reactions);
    }
    for (const look of this.#waiting) look();
  }
}
