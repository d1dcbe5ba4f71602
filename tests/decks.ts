import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { Browser, BrowserContextOptions, Page, WebSocketRoute } from "playwright-core";
import { afterEach, beforeEach } from "vitest";
import { type Scene, setScene, Visit } from "./browser.ts";

/** A deck as somebody might write it. */
export interface DeckParts {
  /** What stands in the head behind reveal.js's own style. */
  readonly style?: string;
  /** Its slides. Default: two. */
  readonly slides?: string;
  /** What else stands in the `.reveal` element, as themes and other plugins put it there. */
  readonly inside?: string;
  /** The page around them: `{deck}` stands for the deck. */
  readonly body?: string;
  /** Options of reveal.js, the plugin's among them. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Where the plugin comes from. */
  readonly script?: string;
}

export const LIGHT = ".reveal-viewport { background: #fff; } .reveal { color: #222; }";
export const DARK = ".reveal-viewport { background: #191919; } .reveal { color: #ddd; }";

const SLIDES = "<section><h2>One</h2></section><section><h2>Two</h2></section>";

const REVEAL = "node_modules/reveal.js/dist";

/** A place of its own for decks, as most have: only the plugin comes from the deployment. */
export class DeckServer {
  readonly url: string;
  readonly #api: string;
  readonly #server: Server;
  readonly #visits: Visit[] = [];
  readonly #decks: string[];

  private constructor(url: string, api: string, server: Server, decks: string[]) {
    this.url = url;
    this.#api = api;
    this.#server = server;
    this.#decks = decks;
  }

  /** @param api the deployment's address */
  static async start(api: string): Promise<DeckServer> {
    const decks: string[] = [];
    const server = createServer(({ url = "" }, answer) => {
      const [, name, type] = /^\/(\w+)\.(html|css|js)/.exec(url) ?? [];
      const deck = type === "html" ? decks[Number(name)] : undefined;
      const file = type === "css" ? "text/css" : type === "js" ? "text/javascript" : undefined;
      if (deck !== undefined) answer.setHeader("content-type", "text/html").end(deck);
      else if (file) answer.setHeader("content-type", file).end(readFileSync(`${REVEAL}/reveal.${type}`));
      else answer.writeHead(404).end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    return new DeckServer(`http://127.0.0.1:${address.port}`, api, server, decks);
  }

  /** Opens a deck of this shape, with what follows its path in the address. */
  async open(browser: Browser, parts: DeckParts, end = "", options: OpenOptions = {}): Promise<Page> {
    const visit = new Visit(browser, this.url);
    this.#visits.push(visit);
    const { prepare, ...context } = options;
    const page = await visit.open("/", context);
    // The page that is not there was only somewhere to begin.
    visit.complaints.length = 0;
    await prepare?.(page);
    await page.goto(`${this.url}/${this.#decks.push(this.#write(parts)) - 1}.html${end}`);
    return page;
  }

  /** What went wrong in the decks opened so far; that they talk to the deployment is right. */
  get complaints(): string[] {
    const all = this.#visits.flatMap(({ complaints }) => complaints);
    return all.filter((complaint) => !complaint.startsWith(`foreign: ${this.#api}`));
  }

  /** Closes all that was opened. */
  async close(): Promise<void> {
    await Promise.all(this.#visits.map((visit) => visit.end()));
    this.#server.close();
  }

  #write({ style = LIGHT, slides = SLIDES, body = "{deck}", options = {}, ...parts }: DeckParts): string {
    const deck = `<div class="reveal"><div class="slides">${slides}</div>${parts.inside ?? ""}</div>`;
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A deck</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" href="data:,"><link rel="stylesheet" href="/reveal.css">
      <style>.reveal { font: 40px/1.3 sans-serif; text-align: center; } ${style}</style></head>
      <body>${body.replace("{deck}", deck)}
      <script src="/reveal.js"></script>
      <script src="${parts.script ?? `${this.#api}/plugin/revint.js`}"></script>
      <script>Reveal.initialize({ transition: "none", ...${JSON.stringify(options)}, plugins: [Revint] });</script>
      </body></html>`;
  }
}

interface OpenOptions extends BrowserContextOptions {
  /** What has to be there before the deck is. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** … and a test of decks: a place for them too. */
interface DeckScene extends Scene {
  readonly decks: DeckServer;
}

/** Sets the scene for every test of a file; call it at its top. */
export function setDeckScene(adopt: (scene: DeckScene) => void): void {
  let scene: Scene;
  let decks: DeckServer;
  setScene((next) => {
    scene = next;
  });
  beforeEach(async () => {
    decks = await DeckServer.start(scene.revint.url);
    adopt({ ...scene, decks });
  });
  afterEach(() => decks.close());
}

/** What a full room would say, without the hundreds of phones: written into the host's pipe on its way. */
export const fillRoom = (people: number, counts: Readonly<Record<string, number>>) => (page: Page) =>
  page.routeWebSocket(/\/host\/.*\/pipe/, (socket: WebSocketRoute) => {
    const server = socket.connectToServer();
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    server.onMessage((data) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === "presence" || type === "reactions") return;
      socket.send(data);
      if (type !== "state_change") return;
      socket.send(JSON.stringify({ type: "presence", participants: people }));
      socket.send(JSON.stringify({ type: "reactions", pages: { "0.0": counts }, total, whole: true }));
    });
  });

/** A rectangle on the screen. */
export interface Box {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where things stand: each selector's elements, in the page or in the overlay's shadow tree. */
export const measure = (page: Page, selectors: readonly string[]): Promise<Box[]> =>
  page.evaluate((selectors) => {
    const overlay = document.querySelector("[data-revint-layer]")?.shadowRoot;
    return selectors.flatMap((selector) =>
      [document, overlay].flatMap((root) =>
        [...(root?.querySelectorAll(selector) ?? [])].map((element, index) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          return { name: `${selector} ${index}`, left, top, right, bottom };
        }),
      ),
    );
  }, selectors);

/** Half a pixel is rounding. */
const SLACK = 0.5;

export const isInside = (box: Box, frame: Box): boolean =>
  box.left >= frame.left - SLACK &&
  box.right <= frame.right + SLACK &&
  box.top >= frame.top - SLACK &&
  box.bottom <= frame.bottom + SLACK;

export const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right - SLACK &&
  other.left < one.right - SLACK &&
  one.top < other.bottom - SLACK &&
  other.top < one.bottom - SLACK;

/** Pairs that overlap, by name. */
export const listOverlaps = (boxes: readonly Box[]): string[] =>
  boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => overlap(one, other))
      .map((other) => `${one.name} and ${other.name}`),
  );
