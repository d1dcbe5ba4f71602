import type { LoginAnswer } from "../../shared/protocol/session.ts";
import { JoiningSession } from "./joining-session.ts";

/** A page in a stream: comes in with its key, listens, and is nobody of the audience. Nothing of it is stored. */
export class OverlayClient extends JoiningSession {
  readonly #key: string;

  constructor(sessionUid: string, key: string, apiUrl: string) {
    super(sessionUid, { apiUrl, storage: null });
    this.#key = key;
  }

  protected override login(sessionUid: string): Promise<LoginAnswer> {
    return this.api.login(sessionUid, this.#key, undefined, "overlays/login");
  }
}
