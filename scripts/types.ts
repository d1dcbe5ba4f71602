import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { mapConcurrently } from "./concurrently.ts";
import { Failure } from "./failure.ts";
import { writeTranslations } from "./translations.ts";
import { readWorkers, selectWorker, type Worker } from "./workers.ts";
import { runWrangler } from "./wrangler.ts";

const usage = `
Usage: npm run types [-- --check]

Writes workers/<name>/env.d.ts, the types of every Worker's bindings, from the wrangler files; and
web/words/translations.ts, which compares the words of every language with the English ones.

  --check   write nothing; fail when a file is not what it would be
`;

/**
 * wrangler runs once per environment: over a whole file with several, it leaves Durable Objects untyped.
 * All these files are global and live in one program. Where they meet (`Cloudflare.Env`, `GlobalProps`)
 * only what we don't use collides, and `skipLibCheck` lets it: Workers read `ApiEnv` and the like.
 */
async function writeTypes(worker: Worker, check: boolean) {
  const file = `workers/${worker.folder}/env.d.ts`;
  const { code, stderr } = await runWrangler([
    "types",
    file,
    ...selectWorker(worker),
    "--env-interface",
    worker.envInterface,
    "--include-runtime=false",
    "--strict-vars=false",
    ...(check ? ["--check"] : []),
  ]);
  return { file, stderr, ok: code === 0 };
}

await runCommand(usage, async (args) => {
  const { values } = parseArgs({ args, options: { check: { type: "boolean", default: false } } });
  const results = await mapConcurrently(readWorkers(), (worker) => writeTypes(worker, values.check));
  const translations = { ...(await writeTranslations(values.check)), stderr: "" };
  results.push(translations);
  for (const { file, ok, stderr } of results) {
    console.log(`${ok ? "ok    " : "failed"}  ${file}`);
    if (!ok) console.error(stderr.replace(/^/gm, "        "));
  }
  if (results.every(({ ok }) => ok)) return;
  throw new Failure(
    values.check ? "\nRun `npm run types` and commit what changed." : "\nNot all types were written.",
  );
});
