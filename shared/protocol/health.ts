/** What `GET /healthz` answers: with 200 when everything answers, else with 503. */
export interface Health {
  readonly ok: boolean;
  /** What does not answer, by its name: a store, or a secret that is not set. */
  readonly missing: string[];
}
