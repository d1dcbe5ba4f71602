import * as z from "zod";
import type { Contract } from "../../workers/lib/contract.ts";

/** One request that the api answers, and what its middlewares promise about it. */
export interface WalkedRoute {
  /** As docs/protocol.md writes it: `GET /api/v1/session/{sessionUid}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly contracts: readonly Contract[];
}

const App = z.object({
  routes: z.array(z.object({ method: z.string(), path: z.string(), handler: z.custom<object>() })),
});
type Registered = z.output<typeof App>["routes"][number];

const ContractReader = z.object({ getContract: z.custom<(handler: object) => Contract>() });

/** The api's own modules: by their names alone, since their types belong to another runtime. */
const MODULES = { app: "../../workers/api/index.ts", contract: "../../workers/lib/contract.ts" };

/** Every route that the api has registered, each of its paths once, in the order of their names. */
export async function walkRoutes(): Promise<WalkedRoute[]> {
  const { routes } = App.parse((await import(MODULES.app)).default);
  const { getContract } = ContractReader.parse(await import(MODULES.contract));
  const around = routes.filter(({ method }) => method === "ALL");
  const walked = new Map<string, WalkedRoute>();
  for (const { method, path } of routes) {
    if (method === "ALL") continue;
    const own = routes.filter((other) => other.method === method && other.path === path);
    const all = [...around.filter((other) => isAround(other, path)), ...own];
    const contracts = all.map(({ handler }) => getContract(handler));
    for (const one of spell(path)) {
      const name = `${method} ${one}`;
      walked.set(name, { name, method, path: one, contracts });
    }
  }
  return [...walked.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isAround = ({ path }: Registered, inner: string): boolean =>
  path === "/*" || path === "*" || (path.endsWith("/*") && inner.startsWith(path.slice(0, -1)));

/** In the words of the documents, and a part that is one of a few words as each of them. */
function spell(path: string): string[] {
  const [part, alternatives] = /:\w+\{([\w|]+)\}/.exec(path) ?? [];
  const paths =
    part === undefined || alternatives === undefined
      ? [path]
      : alternatives.split("|").map((one) => path.replace(part, one));
  return paths.map((one) => one.replaceAll(/:(\w+)(\{[^}]+\})?/g, "{$1}"));
}
