import type { Overlay } from "../../shared/protocol/overlay.ts";
import { unreadable } from "../client/api.ts";
import type { RevintError } from "../client/error.ts";
import { isFields, isNumber, isText } from "../client/fields.ts";
import type { HostSession } from "../client/session.ts";
import { type Action, IDLE } from "../ui/action.ts";
import { type Pass, readFields, send } from "../ui/service.ts";
import { createStore } from "../ui/store.ts";
import { stage } from "../words/en.ts";
import { actAsHost } from "./act-as-host.ts";

const words = stage.overlays;

/** One that was made just now. Its address is a secret; it is shown once and kept nowhere. */
export interface MadeOverlay {
  readonly participant: string;
  readonly address: string;
}

interface OverlaysView extends Action {
  /** `undefined`: not read yet. */
  readonly list: readonly Overlay[] | undefined;
  readonly made: MadeOverlay | undefined;
}

export const nameOverlay = ({ name }: Overlay): string => name ?? words.unnamed;

/** The overlays of a session, as its host sees, makes and revokes them. */
export class Overlays {
  readonly view = createStore<OverlaysView>({ ...IDLE, list: undefined, made: undefined });
  readonly #session: HostSession;

  constructor(session: HostSession) {
    this.#session = session;
  }

  /** An address that was shown is gone with it. */
  forget(): void {
    this.view.set({ list: undefined, made: undefined, problem: undefined, notice: undefined });
  }

  read(): Promise<void> {
    return this.#act(
      () => words.notRead,
      (pass) => this.#readList(pass),
    );
  }

  /** @param name what it is called in the list, if it is not empty */
  add(name: string): Promise<void> {
    return this.#act(nameRefusal, async (pass) => {
      const body = { ...(name !== "" && { name }) };
      const { participant, key } = await readFields(pass, "/overlays", { method: "POST", body });
      if (!isText(participant) || !isText(key)) throw unreadable();
      const address = `${location.origin}/overlay?session=${pass.sessionUid}#key=${key}`;
      this.view.set({ made: { participant, address } });
      await this.#readListAgain(pass);
    });
  }

  revoke(overlay: Overlay): Promise<void> {
    return this.#act(
      () => stage.notDone,
      async (pass) => {
        const { participant } = overlay;
        await send(pass, `/overlays/${encodeURIComponent(participant)}`, { method: "DELETE" });
        // An address that is worth nothing any more is not shown any longer.
        const isShown = this.view.get().made?.participant === participant;
        this.view.set({
          notice: words.revoked(nameOverlay(overlay)),
          ...(isShown && { made: undefined }),
        });
        await this.#readListAgain(pass);
      },
    );
  }

  async #readList(pass: Pass): Promise<void> {
    const { overlays } = await readFields(pass, "/overlays");
    if (!Array.isArray(overlays) || !overlays.every(isOverlay)) throw unreadable();
    this.view.set({ list: overlays });
  }

  /** After something was done, which stays done when the list can't be read. */
  #readListAgain(pass: Pass): Promise<void> {
    return this.#readList(pass).catch(() => this.view.set({ list: undefined, problem: words.notRead }));
  }

  #act(nameProblem: (error: RevintError) => string, does: (pass: Pass) => Promise<void>): Promise<void> {
    return actAsHost(this.#session, this.view, nameProblem, does);
  }
}

/** Why none was made: the only thing that can be wrong with the request is that there are as many as there may be. */
const nameRefusal = ({ code }: RevintError): string =>
  code === "invalid_request" ? words.full : stage.notDone;

const isOverlay = (value: unknown): value is Overlay =>
  isFields(value) &&
  isText(value.participant) &&
  (value.name === undefined || isText(value.name)) &&
  isNumber(value.madeAt);
