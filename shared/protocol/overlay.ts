/** A page in a stream, which reads what everybody may. Whoever has its key may show it. */
export interface Overlay {
  /** The one of its uid. */
  readonly participant: string;
  /** What the host calls it. */
  readonly name?: string | undefined;
  /** When its key was made, in milliseconds since 1970. */
  readonly madeAt: number;
}

/** `GET …/overlays` */
export interface Overlays {
  readonly overlays: readonly Overlay[];
}

/** `POST …/overlays` */
export interface NewOverlay {
  readonly name?: string | undefined;
}

/** The key is a secret, and told once. */
export interface OverlayAnswer extends Overlay {
  readonly key: string;
}
