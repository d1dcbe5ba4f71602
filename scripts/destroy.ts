import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { deleteBucket, listBuckets } from "./buckets.ts";
import { runCommand } from "./command.ts";
import { deleteDatabase, listDatabases } from "./databases.ts";
import { errorCode, Failure } from "./failure.ts";
import { isLoggedIn, requireLogin } from "./login.ts";
import { deleteNamespace, listNamespaces } from "./namespaces.ts";
import { type Resource, readWorkers, selectWorker, type Worker } from "./workers.ts";
import { runWrangler } from "./wrangler.ts";

const usage = `
Usage: npm run destroy [-- --yes]

Deletes all Workers from Cloudflare and everything they keep: sessions, participants, reactions, accounts,
talks and decks. Asks first. What is not there is skipped, so running it again finishes what was interrupted.

  --yes   don't ask
`;

/** Cloudflare's codes for "there is no such Worker". */
const NOT_FOUND = /\[code: (10007|10090)\]/;

/** What is left to whoever made it. */
const STAYING: ReadonlySet<Resource["kind"]> = new Set(["queue"] as const);

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
  const databases = keepOwn(await listDatabases(), namesOf("D1 database"));
  const buckets = keepOwn(await listBuckets(), namesOf("R2 bucket"));

  console.log(`This deletes, for good:
  Workers         ${callersFirst.map(({ name }) => name).join(", ")}
  with them       every session and every reaction (Durable Objects ${namesOf("Durable Object").join(" and ")}), the secrets
  KV namespaces   ${namespaces.map(({ title }) => title).join(", ") || "none is there"}
  D1 databases    ${databases.join(", ") || "none is there"}${databases.length > 0 ? ": every account and talk" : ""}
  R2 buckets      ${buckets.join(", ") || "none is there"}${buckets.length > 0 ? ": every deck" : ""}
`);
  if (!values.yes && !(await isConfirmed())) throw new Failure("Nothing was deleted.");

  for (const worker of callersFirst) console.log(`${worker.name}: ${await deleteWorker(worker)}`);
  for (const namespace of namespaces) {
    await deleteNamespace(namespace);
    console.log(`${namespace.title}: deleted`);
  }
  for (const database of databases) {
    await deleteDatabase(database);
    console.log(`${database}: deleted`);
  }
  const full: string[] = [];
  for (const bucket of buckets) {
    const isDeleted = await deleteBucket(bucket);
    console.log(`${bucket}: ${isDeleted ? "deleted" : "not deleted, since there are decks in it"}`);
    if (!isDeleted) full.push(bucket);
  }
  for (const { kind, name } of kept.filter(({ kind }) => STAYING.has(kind))) {
    console.log(`${name}: a ${kind} stays until you delete it yourself, with wrangler or in the dashboard`);
  }
  if (full.length > 0) throw new Failure(explainFull(full));
});

/** Of what the account has, what is ours. */
function keepOwn(all: readonly string[], own: readonly string[]): string[] {
  return all.filter((name) => own.includes(name));
}

function explainFull(buckets: readonly string[]): string {
  return `
All else is gone. Cloudflare deletes no R2 bucket with something in it, and wrangler empties none. Empty ${buckets.join(" and ")}
in the dashboard (R2 Object Storage → the bucket → Settings → Empty Bucket), then run \`npm run destroy\` again.`;
}

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
