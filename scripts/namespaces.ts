import { unstable_readConfig as readConfig } from "wrangler";
import { z } from "zod";
import { Failure } from "./failure.ts";
import type { Worker } from "./workers.ts";
import { runWrangler } from "./wrangler.ts";

/** A KV namespace of the account. */
const Namespace = z.object({ id: z.string(), title: z.string() });
export type Namespace = z.infer<typeof Namespace>;

/** wrangler's library doesn't type this part of a config. */
const Bindings = z.array(z.object({ binding: z.string() }));

/**
 * The names under which a deploy creates a Worker's KV namespaces when its config gives no id:
 * wrangler's own rule, `<worker>-<binding>` with dashes.
 */
export function getNamespaceTitles({ name, config, environment }: Worker): string[] {
  const settings = readConfig({ config, ...(environment !== undefined && { env: environment }) });
  return Bindings.parse(settings.kv_namespaces).map(
    ({ binding }) => `${name}-${binding.toLowerCase().replaceAll("_", "-")}`,
  );
}

/** All KV namespaces of the account. */
export async function listNamespaces(): Promise<Namespace[]> {
  const { code, stdout, stderr } = await runWrangler(["kv", "namespace", "list"]);
  if (code !== 0) throw new Failure(`The KV namespaces can't be listed:\n${stderr}`);
  return z.array(Namespace).parse(JSON.parse(stdout));
}

/** Deletes a namespace and everything in it. */
export async function deleteNamespace({ id, title }: Namespace): Promise<void> {
  const { code, stderr } = await runWrangler(["kv", "namespace", "delete", "--namespace-id", id, "-y"]);
  if (code !== 0) throw new Failure(`The KV namespace ${title} was not deleted:\n${stderr}`);
}
