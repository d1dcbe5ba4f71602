import { z } from "zod";
import { Failure } from "./failure.ts";
import { runWrangler } from "./wrangler.ts";

/** A KV namespace of the account. */
const Namespace = z.object({ id: z.string(), title: z.string() });
export type Namespace = z.infer<typeof Namespace>;

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
