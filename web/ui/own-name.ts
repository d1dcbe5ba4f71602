import { isText, parseFields } from "../client/fields.ts";
import type { UserSession } from "../client/session.ts";
import { localStorageIfAllowed, SafeStorage, uidKeyOf } from "../client/storage.ts";
import { ownName as words } from "../words/en/own-name.ts";
import { type Action, act, IDLE } from "./action.ts";
import { createStore } from "./store.ts";

interface NameView extends Action {
  /** As it was kept; `undefined`: none was given from here. */
  readonly name: string | undefined;
  /** The host takes none. */
  readonly isOff: boolean;
}

/** What one person in the audience wants to be called. The service tells nobody their own name: this browser remembers it. */
export class OwnName {
  readonly view = createStore<NameView>({ ...IDLE, name: undefined, isOff: false });
  readonly #session: UserSession;
  readonly #storage = new SafeStorage(localStorageIfAllowed());

  constructor(session: UserSession) {
    this.#session = session;
    this.view.set({ name: this.#recall() });
  }

  /** @returns whether it is kept; else the view says why not */
  async set(text: string): Promise<boolean> {
    const name = text.trim();
    let isKept = false;
    await act(
      this.view,
      ({ code }) => {
        if (code === "names_off") this.view.set({ isOff: true });
        return words.refused(code);
      },
      async () => {
        await this.#session.setName(name);
        isKept = true;
        this.view.set({ name, isOff: false });
        this.#storage.set(this.#key, JSON.stringify({ uid: this.#uid, name }));
      },
    );
    return isKept;
  }

  /** What was said before does not matter any more. */
  forgive(problem?: string): void {
    this.view.set({ problem });
  }

  get #sessionUid(): string {
    return this.#session.info?.sessionUid ?? "";
  }

  get #key(): string {
    return `revint:name:${this.#sessionUid}`;
  }

  /** Who was sent out and came back is somebody new, without a name. */
  get #uid(): string | undefined {
    return this.#storage.get(uidKeyOf(location.origin, this.#sessionUid));
  }

  #recall(): string | undefined {
    const { uid, name } = parseFields(this.#storage.get(this.#key) ?? "") ?? {};
    return uid === this.#uid && isText(name) ? name : undefined;
  }
}
