/** The tokens that were paid for. `isEstimate`: the model did not count them, so they are counted by their length. */
export interface ModelUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly isEstimate?: true;
}

/**
 * `unavailable`: it can't be reached, broke off, or refuses. `rate_limited`: it is asked too often. `too_slow`: a time
 * limit passed. `not_valid`: it answered, with something that is no recap.
 */
export type ModelFault = "unavailable" | "rate_limited" | "too_slow" | "not_valid";

interface Details {
  readonly retryAfter?: number | undefined;
  readonly isFinal?: boolean;
}

/**
 * Why an attempt failed. The message is a plain sentence for the host: it never has an address, a key, or a word of what
 * the model answered.
 */
export class ModelError extends Error {
  override readonly name = "ModelError";
  readonly kind: ModelFault;
  /** Seconds, as the model's service said them. */
  readonly retryAfter?: number;
  /** Another attempt ends the same: a wrong key, an unknown model, an address that is none. */
  readonly isFinal: boolean;
  /** What the attempt cost all the same, where anything was written. */
  usage?: ModelUsage;

  constructor(kind: ModelFault, message: string, { retryAfter, isFinal = false }: Details = {}) {
    super(message);
    this.kind = kind;
    this.isFinal = isFinal;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}
