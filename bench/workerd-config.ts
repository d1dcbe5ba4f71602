/** One Worker inside a workerd. */
export interface WorkerService {
  readonly name: string;
  /** Bundle, relative to the folder of the config file. */
  readonly bundle: string;
  /** More modules that the bundle imports, by the name it imports them under. */
  readonly modules?: Readonly<Record<string, string>>;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
  /** Binding to service name. */
  readonly services?: Readonly<Record<string, string>>;
  /** Binding to the service that plays the namespace. */
  readonly kv?: Readonly<Record<string, string>>;
  /** Binding to class, of this Worker. */
  readonly objects?: Readonly<Record<string, string>>;
  /** Binding to class, of another Worker. */
  readonly foreignObjects?: Readonly<Record<string, { readonly type: string; readonly service: string }>>;
  /** Binding to the service that plays the D1 database. */
  readonly databases?: Readonly<Record<string, string>>;
  /** Binding to the service that plays the R2 bucket. */
  readonly buckets?: Readonly<Record<string, string>>;
  /** Binding to the service that is told what is written to a dataset of Analytics Engine. */
  readonly datasets?: Readonly<Record<string, string>>;
  /** Binding to the module that plays it: one of the extensions, and nobody's to import. */
  readonly wrapped?: Readonly<Record<string, string>>;
  /** The service that plays the Cache API. */
  readonly cache?: string;
  /** It gets a socket of its own on 127.0.0.1. */
  readonly hasSocket?: boolean;
  /** Where, if that matters. */
  readonly port?: number;
  /** Another export that gets one, under the name `worker.entrypoint`. */
  readonly entrypoint?: string;
}

const list = (items: readonly string[]) => `[${items.join(", ")}]`;
const pairs = (record: Readonly<Record<string, string>> | undefined) => Object.entries(record ?? {});

/** What is in one workerd besides its Workers. */
export interface Surroundings {
  /** Modules that every Worker may import, by the name it imports them under. */
  readonly extensions?: Readonly<Record<string, string>>;
  /** Services that are in another process, and the ports on 127.0.0.1 where they are. */
  readonly elsewhere?: Readonly<Record<string, number>>;
  /** The folder that keeps what objects write, beside the config. */
  readonly storage?: string;
}

/** Where Durable Objects live on disk, unless another folder is named. */
export const STORAGE = "storage";

/** Writes the config of one workerd. */
export function writeWorkerdConfig(
  workers: readonly WorkerService[],
  { extensions = {}, elsewhere = {}, storage = STORAGE }: Surroundings = {},
): string {
  const services = [
    ...workers.map((worker) => `(name = "${worker.name}", worker = ${writeWorker(worker)})`),
    ...Object.entries(elsewhere).map(
      ([name, port]) => `(name = "${name}", external = (address = "127.0.0.1:${port}", http = ()))`,
    ),
  ];
  const hidden = new Set(workers.flatMap(({ wrapped }) => Object.values(wrapped ?? {})));
  const writeExtension = ([name, file]: readonly [string, string]) =>
    `(name = "${name}", esModule = embed "${file}", internal = ${hidden.has(name)})`;
  const sockets = getSockets(workers).map(
    ({ name, service, port = 0 }) =>
      `(name = "${name}", address = "127.0.0.1:${port}", http = (), service = ${service})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ${[...services, `(name = "storage", disk = (path = "${storage}", writable = true))`].join(",\n    ")}
  ],
  sockets = ${list(sockets)},
  extensions = [(modules = ${list(pairs(extensions).map(writeExtension))})],
);
`;
}

/** Every socket that the config opens. */
export const getSockets = (workers: readonly WorkerService[]) =>
  workers.flatMap(({ name, hasSocket, port, entrypoint }) => [
    ...(hasSocket ? [{ name, port, service: `"${name}"` }] : []),
    ...(entrypoint === undefined
      ? []
      : [
          {
            name: `${name}.${entrypoint}`,
            port: undefined,
            service: `(name = "${name}", entrypoint = "${entrypoint}")`,
          },
        ]),
  ]);

const writeModule = ([name, file]: readonly [string, string]) =>
  `(name = "${name}", esModule = embed "${file}")`;

function writeWorker(worker: WorkerService): string {
  const modules = [writeModule([worker.bundle, worker.bundle]), ...pairs(worker.modules).map(writeModule)];
  const bindings = [
    ...pairs(worker.vars).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`),
    ...pairs(worker.services).map(([name, service]) => `(name = "${name}", service = "${service}")`),
    ...pairs(worker.kv).map(([name, service]) => `(name = "${name}", kvNamespace = "${service}")`),
    ...pairs(worker.databases).map(
      ([name, service]) =>
        `(name = "${name}", wrapped = (moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = "${service}")]))`,
    ),
    ...pairs(worker.datasets).map(([name, service]) => `(name = "${name}", analyticsEngine = "${service}")`),
    ...pairs(worker.wrapped).map(
      ([name, module]) => `(name = "${name}", wrapped = (moduleName = "${module}"))`,
    ),
    ...pairs(worker.buckets).map(([name, service]) => `(name = "${name}", r2Bucket = "${service}")`),
    ...pairs(worker.objects).map(([name, type]) => `(name = "${name}", durableObjectNamespace = "${type}")`),
    ...Object.entries(worker.foreignObjects ?? {}).map(
      ([name, { type, service }]) =>
        `(name = "${name}", durableObjectNamespace = (className = "${type}", serviceName = "${service}"))`,
    ),
  ];
  const objects = pairs(worker.objects).map(
    ([, type]) => `(className = "${type}", uniqueKey = "${worker.name}-${type}", enableSql = true)`,
  );
  return `(
      modules = ${list(modules)},
      compatibilityDate = "${worker.compatibilityDate}",
      compatibilityFlags = ${list(worker.compatibilityFlags.map((flag) => JSON.stringify(flag)))},
      bindings = ${list(bindings)},
      ${worker.cache === undefined ? "" : `cacheApiOutbound = "${worker.cache}",`}
      ${objects.length > 0 ? `durableObjectNamespaces = ${list(objects)}, durableObjectStorage = (localDisk = "storage"),` : ""}
    )`;
}
