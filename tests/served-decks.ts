import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { afterAll, beforeAll } from "vitest";

/** Where the two versions of reveal.js that we work with keep their files. */
const VERSIONS = {
  reveal6: {
    core: "reveal.js/dist/reveal.js",
    css: "reveal.js/dist/reveal.css",
    notes: "reveal.js/dist/plugin/notes.js",
  },
  reveal5: {
    core: "reveal5/dist/reveal.js",
    css: "reveal5/dist/reveal.css",
    notes: "reveal5/plugin/notes/notes.js",
  },
} as const;
export type RevealVersion = keyof typeof VERSIONS;

export interface DeckOptions {
  readonly version?: RevealVersion;
  /** What stands inside `.slides`. */
  readonly slides: string;
  /** Of `Reveal.initialize`, as the text of an object's members. */
  readonly options?: string;
  /** Of the plugin, likewise. */
  readonly revint?: string;
  /** Goes into the head. */
  readonly head?: string;
}

/** What a deck is made of, besides its page. */
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css" };

/** Decks of others, at an address of their own: their pages have no policy, and load the plugin from a deployment. */
export interface ServedDecks {
  readonly url: string;
  /** From now on that deck stands there. */
  put(path: string, options: DeckOptions): void;
  /** From now on that text, or that file, stands there, as it is. */
  putText(path: string, text: string | Buffer): void;
}

/** @param getDeployment the address of the deployment, once the tests run */
export function serveDecks(getDeployment: () => string): ServedDecks {
  const decks = new Map<string, DeckOptions>();
  const texts = new Map<string, string | Buffer>();
  const server = createServer(async ({ url = "/" }, answer) => {
    const { pathname } = new URL(url, "http://decks");
    const deck = decks.get(pathname);
    if (deck) return answer.setHeader("content-type", "text/html").end(writeDeck(deck, getDeployment()));
    const text = texts.get(pathname);
    if (text !== undefined) {
      return answer.setHeader("content-type", TYPES[extname(pathname)] ?? "text/html").end(text);
    }
    const type = TYPES[extname(pathname)];
    if (type === undefined) return answer.writeHead(404).end();
    answer.setHeader("content-type", type);
    // Tools that make decks have reveal.js 5 beside them.
    const path = pathname.replace(/^\/(?=dist\/|plugin\/)/, "/reveal5/");
    await readFile(`node_modules${path}`).then(
      (file) => answer.end(file),
      () => answer.writeHead(404).end(),
    );
  });
  const served = {
    url: "",
    put: (path: string, options: DeckOptions) => void decks.set(path, options),
    putText: (path: string, text: string | Buffer) => void texts.set(path, text),
  };
  beforeAll(async () => {
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the server has no port");
    served.url = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return served;
}

function writeDeck(
  { version = "reveal6", slides, options = "", revint = "", head = "" }: DeckOptions,
  api: string,
): string {
  const { core, css, notes } = VERSIONS[version];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>a deck</title><link rel="icon" href="data:,">
    <link rel="stylesheet" href="/${css}">${head}</head>
    <body><div class="reveal"><div class="slides">${slides}</div></div>
    <script src="/${core}"></script><script src="/${notes}"></script><script src="${api}/plugin/revint.js"></script>
    <script>Reveal.initialize({ plugins: [RevealNotes, Revint], revint: { ${revint} }, ${options} });</script></body></html>`;
}
