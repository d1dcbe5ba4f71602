/** How much a run does. */
export interface Size {
  readonly name: "quick" | "full";
  /** Rounds that count. */
  readonly rounds: number;
  /** One round of a closed loop. */
  readonly seconds: number;
  /** Divides people and pipes. */
  readonly scale: number;
}

export const SIZES: Record<Size["name"], Size> = {
  quick: { name: "quick", rounds: 1, seconds: 0.5, scale: 10 },
  full: { name: "full", rounds: 3, seconds: 1.5, scale: 1 },
};

export const scaled = (size: Size, count: number): number => Math.max(10, Math.round(count / size.scale));
