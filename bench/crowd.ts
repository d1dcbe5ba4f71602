import type { Buffer } from "node:buffer";
import * as z from "zod";
import { ServerMessage } from "../shared/protocol/message.schema.ts";
import { now, pause } from "./clock.ts";
import { encodeRequest, HttpConnection, type HttpRequest } from "./http-connection.ts";
import { type Line, openLine, Seat } from "./line.ts";
import { percentile } from "./statistics.ts";

/** People connected at once while a crowd comes in. */
const OPENING = 64;
/** Someone who dropped is back within this, in milliseconds. */
const RECONNECT_MS = [200, 2000] as const;
const PROBES = 50;
const SAMPLE_MS = 5000;
const GRACE_MS = 60_000;
const TICK_MS = 20;
const PING_EVERY_SECONDS = 30;

export const CrowdOptions = z.object({
  port: z.number(),
  /** Path of the host's pipe. */
  host: z.string(),
  people: z.array(Seat),
  seconds: z.number(),
  tapEverySeconds: z.number(),
  slideEverySeconds: z.number(),
  /** Of all people, each minute. */
  dropsPerMinute: z.number(),
  /** The host's request, with SLIDE where the page goes. */
  slideRequest: z.string(),
});
export type CrowdOptions = z.infer<typeof CrowdOptions>;

/** NaN where nothing was measured. */
const Milliseconds = z.number().or(z.nan());

/** One moment of it. */
export const CrowdSample = z.object({
  seconds: z.number(),
  connected: z.number(),
  acked: z.number(),
  /** Tap until the host sees it, of the last few seconds, in milliseconds. */
  tapP99: Milliseconds,
  ackP99: Milliseconds,
});
export type CrowdSample = z.infer<typeof CrowdSample>;

export const CrowdReport = z.object({
  samples: z.array(CrowdSample),
  /** Every id that was acked, for the ledger to be checked against. */
  acked: z.array(z.string()),
  sent: z.number(),
  /** Sent, and never answered in all the time there was. */
  unanswered: z.number(),
  refused: z.number(),
  drops: z.number(),
  slides: z.number(),
  /** People who did not have the last slide at the end. */
  behind: z.number(),
  /** What the host saw at the end. */
  hostTotal: z.number(),
  tapP50: Milliseconds,
  tapP99: Milliseconds,
  ackP50: Milliseconds,
  ackP99: Milliseconds,
  slideP99: Milliseconds,
});
export type CrowdReport = z.infer<typeof CrowdReport>;

/** One tap that is not acked yet. */
interface Tap {
  readonly page: string;
  readonly reaction: string;
  readonly at: number;
}

/** One phone: taps, keeps what is not acked, and sends it again with the same id after a reconnect. */
class Phone {
  readonly #seat: Seat;
  readonly #port: number;
  readonly #crowd: Crowd;
  readonly #pending = new Map<string, Tap>();
  #line: Line | undefined;
  /** It has not been greeted: what it hears first is no news. */
  #isNew = true;
  version = 0;

  constructor(port: number, seat: Seat, crowd: Crowd) {
    this.#port = port;
    this.#seat = seat;
    this.#crowd = crowd;
  }

  get isConnected(): boolean {
    return this.#line !== undefined;
  }

  get pending(): number {
    return this.#pending.size;
  }

  async connect(): Promise<void> {
    this.#isNew = true;
    this.#line = await openLine(this.#port, this.#seat, {
      onText: (text) => this.#hear(text),
      onClose: () => {
        this.#line = undefined;
        if (!this.#crowd.isOver) void this.#comeBack();
      },
    });
    for (const [id, tap] of this.#pending) this.#send(id, tap);
  }

  tap(id: string, page: string, reaction: string): void {
    const tap = { page, reaction, at: now() };
    this.#pending.set(id, tap);
    this.#send(id, tap);
  }

  ping(): void {
    this.#line?.ping();
  }

  /** The network goes, without a goodbye. */
  drop(): void {
    this.#line?.drop();
  }

  close(): void {
    this.#line?.close();
  }

  #send(id: string, { page, reaction }: Tap): void {
    this.#line?.react(id, page, reaction);
  }

  async #comeBack(): Promise<void> {
    const [least, most] = RECONNECT_MS;
    await pause(least + Math.random() * (most - least));
    if (this.#crowd.isOver) return;
    await this.connect().catch(() => this.#comeBack());
  }

  #hear(data: Buffer): void {
    // Nearly all that is said is counts, and nobody here looks at them.
    if (data.includes('"type":"reactions"') || data.includes('"type":"presence"')) return;
    const message = ServerMessage.parse(JSON.parse(data.toString()));
    if (message.type === "state_change") this.#follow(message.version);
    if (message.type === "ack") for (const id of message.ids) this.#acked(id);
    if (message.type === "error" && message.id !== undefined) this.#refused(message.id, message.retryAfter);
  }

  #follow(version: number): void {
    if (version > this.version && !this.#isNew) this.#crowd.followed();
    this.#isNew = false;
    this.version = Math.max(this.version, version);
  }

  #acked(id: string): void {
    const tap = this.#pending.get(id);
    if (!tap) return;
    this.#pending.delete(id);
    this.#crowd.wasAcked(id, now() - tap.at);
  }

  #refused(id: string, retryAfter = 1): void {
    this.#crowd.refused++;
    setTimeout(() => {
      const tap = this.#pending.get(id);
      if (tap) this.#send(id, tap);
    }, retryAfter * 1000);
  }
}

/** A hall full of phones for minutes: everyone taps, slides change, some drop out and come back. */
export class Crowd {
  readonly #options: CrowdOptions;
  readonly #phones: Phone[];
  readonly #acked: string[] = [];
  readonly #ackTimes: number[] = [];
  readonly #tapTimes: number[] = [];
  readonly #slideTimes: number[] = [];
  readonly #samples: CrowdSample[] = [];
  readonly #onSample: (sample: CrowdSample) => void;
  /** Taps of the probes that the host has not seen, by their page, and how many it has. */
  readonly #unseen = new Map<string, number[]>();
  readonly #seen = new Map<string, number>();
  #sampled = { acks: 0, taps: 0 };
  #slideSentAt = 0;
  #pings = 0;
  #hostTotal = 0;
  isOver = false;
  refused = 0;

  constructor(options: CrowdOptions, onSample: (sample: CrowdSample) => void = () => {}) {
    this.#options = options;
    this.#onSample = onSample;
    this.#phones = options.people.map((seat) => new Phone(options.port, seat, this));
  }

  wasAcked(id: string, time: number): void {
    this.#acked.push(id);
    this.#ackTimes.push(time);
  }

  followed(): void {
    this.#slideTimes.push(now() - this.#slideSentAt);
  }

  async run(): Promise<CrowdReport> {
    const { port, host, seconds } = this.#options;
    const hostLine = await openLine(port, host, {
      onText: (text) => this.#hostHears(text),
      onClose: () => {},
    });
    await this.#comeIn();
    const start = now();
    const counts = { sent: 0, drops: 0, slides: 0 };
    const slides = this.#changeSlides(start, counts);
    slides.catch(() => {}); // it is awaited below
    let sampledAt = start;
    for (let time = start; time - start < seconds * 1000; time = now()) {
      this.#tapDue((time - start) / 1000, counts);
      this.#dropDue((time - start) / 1000, counts);
      if (this.#isPingDue((time - start) / 1000)) hostLine.ping();
      if (time - sampledAt > SAMPLE_MS) {
        sampledAt = time;
        this.#sample((time - start) / 1000);
      }
      await pause(TICK_MS);
    }
    await slides;
    const isWaiting = () =>
      this.#phones.some(({ pending, version }) => pending > 0 || version !== counts.slides) ||
      this.#hostTotal < this.#acked.length;
    for (let waited = 0; isWaiting() && waited < GRACE_MS; waited += 100) await pause(100);
    this.isOver = true;
    for (const phone of this.#phones) phone.close();
    hostLine.close();
    return {
      samples: this.#samples,
      acked: this.#acked,
      ...counts,
      unanswered: this.#phones.reduce((sum, { pending }) => sum + pending, 0),
      refused: this.refused,
      behind: this.#phones.filter(({ version }) => version !== counts.slides).length,
      hostTotal: this.#hostTotal,
      tapP50: percentile(this.#tapTimes, 0.5),
      tapP99: percentile(this.#tapTimes, 0.99),
      ackP50: percentile(this.#ackTimes, 0.5),
      ackP99: percentile(this.#ackTimes, 0.99),
      slideP99: percentile(this.#slideTimes, 0.99),
    };
  }

  async #comeIn(): Promise<void> {
    let next = 0;
    const work = async () => {
      for (let phone = this.#phones[next++]; phone; phone = this.#phones[next++]) await phone.connect();
    };
    await Promise.all(Array.from({ length: OPENING }, work));
  }

  /** Everyone in turn, spread evenly; the first few are probes with a page of their own. */
  #tapDue(elapsed: number, counts: { sent: number; slides: number }): void {
    const due = (elapsed * this.#phones.length) / this.#options.tapEverySeconds;
    for (; counts.sent < due; counts.sent++) {
      const index = counts.sent % this.#phones.length;
      const id = `s-${counts.sent}`;
      if (index >= PROBES) {
        this.#phones[index]?.tap(id, `slide-${counts.slides}`, "👍");
        continue;
      }
      const page = `probe-${index}`;
      const unseen = this.#unseen.get(page) ?? [];
      this.#unseen.set(page, unseen);
      unseen.push(now());
      this.#phones[index]?.tap(id, page, "👍");
    }
  }

  /** Everyone in turn, as often as clients do. Whether a whole turn has begun. */
  #isPingDue(elapsed: number): boolean {
    const due = (elapsed * this.#phones.length) / PING_EVERY_SECONDS;
    const before = Math.floor(this.#pings / this.#phones.length);
    for (; this.#pings < due; this.#pings++) this.#phones[this.#pings % this.#phones.length]?.ping();
    return Math.floor(this.#pings / this.#phones.length) > before;
  }

  /** Probes stay: their time says what the service takes, not what a dead network does. */
  #dropDue(elapsed: number, counts: { drops: number }): void {
    const due = (elapsed / 60) * this.#options.dropsPerMinute * this.#phones.length;
    for (; counts.drops + 1 <= due; counts.drops++) {
      const index = PROBES + Math.floor(Math.random() * (this.#phones.length - PROBES));
      this.#phones[index]?.drop();
    }
  }

  async #changeSlides(start: number, counts: { slides: number }): Promise<void> {
    const { port, seconds, slideEverySeconds, slideRequest } = this.#options;
    for (let at = 0; at < seconds; at += slideEverySeconds) {
      await pause(start + at * 1000 - now());
      counts.slides++;
      this.#slideSentAt = now();
      const request: HttpRequest = JSON.parse(slideRequest.replaceAll("SLIDE", `slide-${counts.slides}`));
      const connection = await HttpConnection.open(port);
      const { status, body } = await connection.send(encodeRequest(request));
      connection.close();
      if (status >= 300) throw new Error(`${status} ${body}`);
    }
  }

  #hostHears(data: Buffer): void {
    if (!data.includes('"type":"reactions"')) return;
    const message = ServerMessage.parse(JSON.parse(data.toString()));
    if (message.type !== "reactions") return;
    const time = now();
    this.#hostTotal = message.total;
    for (const [page, reactions] of Object.entries(message.pages)) {
      const unseen = this.#unseen.get(page);
      if (!unseen) continue;
      const count = reactions["👍"] ?? 0;
      for (const at of unseen.splice(0, count - (this.#seen.get(page) ?? 0))) this.#tapTimes.push(time - at);
      this.#seen.set(page, count);
    }
  }

  #sample(seconds: number): void {
    const sample = {
      seconds: Math.round(seconds),
      connected: this.#phones.filter(({ isConnected }) => isConnected).length,
      acked: this.#acked.length,
      tapP99: percentile(this.#tapTimes.slice(this.#sampled.taps), 0.99),
      ackP99: percentile(this.#ackTimes.slice(this.#sampled.acks), 0.99),
    };
    this.#sampled = { acks: this.#ackTimes.length, taps: this.#tapTimes.length };
    this.#samples.push(sample);
    this.#onSample(sample);
  }
}
