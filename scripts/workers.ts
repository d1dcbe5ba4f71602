/** One Worker as wrangler knows it. */
export interface Worker {
  /** The name it is deployed under. */
  readonly name: string;
  /** Its folder in `workers/`. */
  readonly folder: string;
  readonly config: string;
  /** The environment of `config` that describes it; a config without environments has none. */
  readonly environment?: string;
  /** The interface `npm run types` gives its bindings. */
  readonly envInterface: string;
}

const store = (folder: string, envInterface: string) => ({
  name: `revint-${folder}`,
  folder,
  config: "wrangler.stores.toml",
  environment: folder,
  envInterface,
});

/** The stores, callees before callers. */
export const stores = [
  store("reaction-store", "ReactionStoreEnv"),
  store("user-store", "UserStoreEnv"),
  store("host-store", "HostStoreEnv"),
  store("session-store", "SessionStoreEnv"),
] as const satisfies readonly Worker[];

/** The only Worker with an address. */
export const api: Worker = {
  name: "revint-api",
  folder: "api",
  config: "wrangler.api.toml",
  envInterface: "ApiEnv",
};

/**
 * All five, each after everything it is bound to: the order to deploy in, since a service binding
 * needs its Worker to exist. Backwards it is the order to delete in.
 */
export const workers: readonly Worker[] = [...stores, api];

/** The arguments that tell wrangler which Worker is meant. */
export function selectWorker({ config, environment }: Worker): string[] {
  return environment === undefined ? ["-c", config] : ["-c", config, "--env", environment];
}
