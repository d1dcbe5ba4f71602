/** What of reveal.js this page uses. */
interface RevealDeck {
  initialize(options: object): Promise<unknown>;
  getIndices(): { readonly h: number };
  getScale(): number;
  on(event: "slidechanged" | "resize", listener: () => void): void;
}

/** What the scripts before this page's own have left: reveal.js, and the plugin. */
const { Reveal: deck, Revint: plugin } = globalThis as typeof globalThis & {
  readonly Reveal: RevealDeck;
  readonly Revint: object;
};

interface Options {
  readonly width: number;
  readonly height: number;
  readonly margin?: number;
}

/** Starts the deck. A phone in the same network can't open 127.0.0.1: `?join=` says where phones reach the service. */
export function startReveal(options: Options) {
  const join = new URLSearchParams(location.search).get("join");
  const isReady = deck.initialize({
    ...options,
    hash: true,
    center: true,
    // On a phone too, one slide at a time: what follows has one place at a time.
    scrollActivationWidth: null,
    plugins: [plugin],
    revint: join ? { webUiUrl: join } : {},
  });
  return {
    isReady,
    getIndex: () => deck.getIndices().h,
    getScale: () => deck.getScale(),
    onChange: (listener: () => void) => deck.on("slidechanged", listener),
    onResize: (listener: () => void) => deck.on("resize", listener),
  };
}
