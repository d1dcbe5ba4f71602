import { logFailure } from "../lib/log-failure.ts";

/** A version's two bodies. */
export type RecapForm = "json" | "html";

const TYPES: Readonly<Record<RecapForm, string>> = {
  json: "application/json",
  html: "text/html; charset=utf-8",
};

const FORMS = ["json", "html"] as const;

const getKey = (session: string, version: string, form: RecapForm): string =>
  `recap/${session}/${version}.${form}`;

export interface ReadingNear {
  /** Keeps the request alive for what nobody waits for. */
  later(task: Promise<unknown>): void;
  /** Whether its writer still has this version. */
  isKept(): Promise<boolean>;
}

type ShelfEnv = Pick<RecapEnv, "RECAPS" | "RECAP_KV" | "RECAP_TTL_SECONDS">;

/**
 * The bodies of all versions: R2 keeps them, KV has what is read now, and the Cache API what is read here. A version's
 * body never changes. Whether it may be read, only its writer knows: ask it before.
 */
export class RecapShelf {
  readonly #env: ShelfEnv;
  readonly #ttl: number;

  constructor(env: ShelfEnv) {
    this.#env = env;
    const ttl = Number(env.RECAP_TTL_SECONDS);
    // KV takes no less than a minute.
    this.#ttl = Number.isInteger(ttl) ? Math.max(60, ttl) : 3600;
  }

  /** Resolves when both bodies are durable. */
  async put(session: string, version: string, bodies: Readonly<Record<RecapForm, string>>): Promise<void> {
    await Promise.all(
      FORMS.map((form) => this.#env.RECAPS.put(getKey(session, version, form), bodies[form])),
    );
  }

  /** @returns undefined when there is none (any more) */
  async read(session: string, version: string, form: RecapForm): Promise<string | undefined> {
    return this.#read(getKey(session, version, form));
  }

  /** The same, from wherever it is nearest. */
  async readNear(
    session: string,
    version: string,
    form: RecapForm,
    { later, isKept }: ReadingNear,
  ): Promise<string | undefined> {
    const key = getKey(session, version, form);
    const cached = await withoutFailing(() => caches.default.match(getCacheUrl(key)));
    if (cached) return await cached.text();
    const known = await withoutFailing(() => this.#env.RECAP_KV.get(key));
    const body = known ?? (await this.#read(key));
    if (body === undefined) return undefined;
    const places = known
      ? [this.#cache(key, body, form)]
      : [this.#cache(key, body, form), this.#copy(key, body)];
    // It may have been deleted while it was read. Whoever deletes it from now on finds what stands here.
    later(
      Promise.all(places)
        .then(isKept)
        .catch(() => false)
        .then((isStillThere) => (isStillThere ? undefined : withoutFailing(() => this.#removeNear([key])))),
    );
    return body;
  }

  /** Deletes versions. What other places have in their caches can't be asked for any more, and is gone in time. */
  async remove(session: string, versions: readonly string[]): Promise<void> {
    const keys = versions.flatMap((version) => FORMS.map((form) => getKey(session, version, form)));
    await this.#remove(keys);
  }

  /** Deletes all of a session, also what no record names. Asked again, it goes on. */
  async clear(session: string): Promise<void> {
    const prefix = `recap/${session}/`;
    for (;;) {
      const { objects, truncated } = await this.#env.RECAPS.list({ prefix, limit: 500 });
      await this.#remove(objects.map(({ key }) => key));
      if (!truncated) break;
    }
    // What was read while its object was already deleted.
    const { keys } = await this.#env.RECAP_KV.list({ prefix });
    await Promise.all(keys.map(({ name }) => this.#env.RECAP_KV.delete(name)));
  }

  /** KV first: R2 is what says that there is still something to delete. */
  async #remove(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#removeNear(keys);
    await this.#env.RECAPS.delete([...keys]);
  }

  async #removeNear(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => withoutFailing(() => caches.default.delete(getCacheUrl(key)))));
    await Promise.all(keys.map((key) => this.#env.RECAP_KV.delete(key)));
  }

  async #cache(key: string, body: string, form: RecapForm): Promise<void> {
    const headers = { "Content-Type": TYPES[form], "Cache-Control": `max-age=${this.#ttl}` };
    await withoutFailing(() => caches.default.put(getCacheUrl(key), new Response(body, { headers })));
  }

  async #copy(key: string, body: string): Promise<void> {
    await withoutFailing(() => this.#env.RECAP_KV.put(key, body, { expirationTtl: this.#ttl }));
  }

  async #read(key: string): Promise<string | undefined> {
    const object = await this.#env.RECAPS.get(key);
    return object === null ? undefined : await object.text();
  }
}

/** Nobody can ask for that from outside. */
const getCacheUrl = (key: string): string => `https://recap.invalid/${key}`;

/** A cache that fails is one that has nothing. */
async function withoutFailing<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    logFailure("a cache of recaps failed", error);
    return undefined;
  }
}
