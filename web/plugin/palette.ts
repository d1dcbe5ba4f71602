import type { Deck } from "./deck.ts";

/** Red, green, blue and opacity, each from 0 to 1. */
type Colour = readonly [red: number, green: number, blue: number, opacity: number];

/** The colours of the overlay: the deck's own, as far as people can read them. */
export interface Palette {
  readonly background: string;
  readonly ink: string;
  /** What matters less: as much of the ink as can still be read. */
  readonly soft: string;
  readonly isDark: boolean;
}

/** What text needs at least, by WCAG. */
const CONTRAST = 4.5;
/** So much of the ink has soft text; more where that would be too little to read. */
const SOFTNESS = [0.68, 0.84];

const BLACK: Colour = [0, 0, 0, 1];
const WHITE: Colour = [1, 1, 1, 1];

/**
 * The colours of what the deck shows now: the slide's own background where it is a colour, else the
 * deck's. Where `--revint-background` and `--revint-color` are set, they are meant.
 * @param layer in the document, beside the slides
 */
export function readPalette(deck: Deck, layer: HTMLElement): Palette {
  const slide = deck.getCurrentSlide();
  const viewport = deck.getViewportElement() ?? document.body;
  const reveal = deck.getRevealElement() ?? viewport;
  const backdrop = slide && deck.getSlideBackground(slide);
  const wanted = getComputedStyle(layer);
  const grounds = [
    "Canvas",
    ...[document.body, viewport, reveal, backdrop].map((element) => element && getBackground(element)),
    wanted.getPropertyValue("--revint-background"),
  ];
  const background = grounds.reduce<Colour>((below, css) => lay(readColour(layer, css), below), WHITE);
  const ink = pickInk(
    [wanted.getPropertyValue("--revint-color"), getComputedStyle(slide ?? reveal).color].map((css) =>
      readColour(layer, css),
    ),
    background,
  );
  const softness = SOFTNESS.find((part) => getContrast(mix(ink, background, part), background) >= CONTRAST);
  return {
    background: write(background),
    ink: write(ink),
    soft: write(mix(ink, background, softness ?? 1)),
    isDark: getContrast(background, WHITE) > getContrast(background, BLACK),
  };
}

const getBackground = (element: HTMLElement): string => getComputedStyle(element).backgroundColor;

/** The first that can be read on the background, or else what can be read best. */
function pickInk(wanted: readonly (Colour | undefined)[], background: Colour): Colour {
  const inks = wanted.flatMap((colour) => (colour ? [lay(colour, background)] : []));
  const readable = inks.find((ink) => getContrast(ink, background) >= CONTRAST);
  if (readable) return readable;
  return getContrast(BLACK, background) > getContrast(WHITE, background) ? BLACK : WHITE;
}

/** Whatever the browser takes for a colour; `undefined` for anything else, such as a gradient. */
function readColour(layer: HTMLElement, css: string | undefined): Colour | undefined {
  if (!css) return undefined;
  const { style } = layer;
  style.color = "";
  // Every way to write a colour becomes the same four numbers.
  style.color = `color-mix(in srgb, ${css}, ${css})`;
  const computed = style.color === "" ? "" : getComputedStyle(layer).color;
  style.color = "";
  const numbers = /^color\(srgb ([^)]+)\)/.exec(computed)?.[1]?.split(/[\s/]+/);
  if (!numbers) return undefined;
  const [red = 0, green = 0, blue = 0, opacity = 1] = numbers.map((part) => Number.parseFloat(part) || 0);
  return [red, green, blue, opacity];
}

/** One over the other, which is opaque. */
const lay = (top: Colour | undefined, below: Colour): Colour => (top ? mix(top, below, top[3]) : below);

const mix = ([r, g, b]: Colour, [red, green, blue]: Colour, part: number): Colour => [
  r * part + red * (1 - part),
  g * part + green * (1 - part),
  b * part + blue * (1 - part),
  1,
];

/** By WCAG: from 1, the same, to 21, black on white. */
function getContrast(one: Colour, other: Colour): number {
  const [a, b] = [getLuminance(one), getLuminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function getLuminance([red, green, blue]: Colour): number {
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

const write = ([red, green, blue]: Colour): string =>
  `rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(" ")})`;
