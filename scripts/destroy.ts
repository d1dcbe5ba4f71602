import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { errorCode, Failure } from "./failure.ts";
import { isLoggedIn, requireLogin } from "./login.ts";
import { deleteNamespace, listNamespaces } from "./namespaces.ts";
import { type Resource, readWorkers, selectWorker, type Worker } from "./workers.ts";
import { runWrangler } from "./wrangler.ts";

const usage = `
Usage: npm run destroy [-- --yes]

Deletes all Workers from Cloudflare and everything they keep: sessions, participants, reactions.
Asks first. What is not there is skipped, so running it again finishes what was interrupted.

  --yes   don't ask
`;

/** Cloudflare's codes for "there is no such Worker". */
const NOT_FOUND = /\[code: (10007|10090)\]/;

/** What wrangler would not delete unasked, or not while something is in it. */
const STAYING: ReadonlySet<Resource["kind"]> = new Set(["D1 database", "R2 bucket", "queue"] as const);

await runCommand(usage, async (args) => {
  const { values } = parseArgs({ args, options: { yes: { type: "boolean", default: false } } });
  const canAsk = process.stdin.isTTY && process.stdout.isTTY;
  if (!values.yes && !canAsk) {
    throw new Failure(
      "Nothing was deleted: there is nobody to ask here. To delete without asking: npm run destroy -- --yes",
    );
  }
  requireLogin(await isLoggedIn());

  const callersFirst = readWorkers().toReversed();
  const kept = callersFirst.flatMap(({ keeps }) => keeps);
  const namesOf = (kind: Resource["kind"]) =>
    kept.filter((each) => each.kind === kind).map(({ name }) => name);
  const titles = namesOf("KV namespace");
  const namespaces = (await listNamespaces()).filter(({ title }) => titles.includes(title));

  console.log(`This deletes, for good:
  Workers         ${callersFirst.map(({ name }) => name).join(", ")}
  with them       every session and every reaction (Durable Objects ${namesOf("Durable Object").join(" and ")}), the secrets
  KV namespaces   ${namespaces.map(({ title }) => title).join(", ") || "none is there"}
`);
  if (!values.yes && !(await isConfirmed())) throw new Failure("Nothing was deleted.");

  for (const worker of callersFirst) console.log(`${worker.name}: ${await deleteWorker(worker)}`);
  for (const namespace of namespaces) {
    await deleteNamespace(namespace);
    console.log(`${namespace.title}: deleted`);
  }
  for (const { kind, name } of kept.filter(({ kind }) => STAYING.has(kind))) {
    console.log(`${name}: a ${kind} stays until you delete it yourself, with wrangler or in the dashboard`);
  }
});

async function isConfirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question("Type revint to delete all of it: ")).trim() === "revint";
  } catch (error) {
    // Ctrl-C or Ctrl-D is a no.
    if (errorCode(error) === "ABORT_ERR") return false;
    throw error;
  } finally {
    terminal.close();
  }
}

async function deleteWorker(worker: Worker): Promise<"deleted" | "was not there"> {
  const { code, stderr } = await runWrangler(["delete", ...selectWorker(worker)]);
  if (code === 0) return "deleted";
  if (NOT_FOUND.test(stderr)) return "was not there";
  throw new Failure(
    `${worker.name} was not deleted:\n${stderr}\n\nOnce that is put right, run \`npm run destroy\` again.`,
  );
}
