import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { prepareDatabases } from "./databases.ts";
import { readDeploySecrets, withSecretsFile } from "./deploy-secrets.ts";
import { dryRun } from "./dry-run.ts";
import { Failure } from "./failure.ts";
import { isLoggedIn, requireLogin } from "./login.ts";
import { withMetrics } from "./metrics.ts";
import { DEPLOY_SECRETS, listSecrets } from "./secrets.ts";
import { isApi, readWorkers, selectWorker, type Worker } from "./workers.ts";
import { getDeployReport, runWrangler, type WranglerRun, wranglerEnvironment } from "./wrangler.ts";

const usage = `
Usage: npm run deploy [-- --dry-run] [--metrics] [--secrets-file .deploy.vars]

Deploys all Workers to Cloudflare, callees before callers, and stops at the first that fails.
What they keep their data in is created on the way, and the tables of a database are made, or changed, before
the Worker that needs them. Running it again is safe: what is already up is updated.
docs/deployment.md goes through it step by step.

  --dry-run        build everything, print sizes, bindings and secrets, upload nothing; needs no account
  --metrics        binds every Worker to a dataset of Analytics Engine, which has to be turned on before (docs/operations.md);
                   without it, those have one whose wrangler file says so
  --secrets-file   the Workers' secrets, each is given its own; without such a file they keep those they have
`;

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      "dry-run": { type: "boolean", default: false },
      metrics: { type: "boolean", default: false },
      "secrets-file": { type: "string" },
    },
  });
  if (values["dry-run"]) return dryRun();

  const secretsFile = values["secrets-file"] ?? DEPLOY_SECRETS;
  const hasFile = existsSync(secretsFile);
  if (!hasFile && values["secrets-file"] !== undefined) throw new Failure(`There is no ${secretsFile}.`);
  const loggedIn = await isLoggedIn();
  const secrets = await readDeploySecrets(secretsFile, loggedIn);
  requireLogin(loggedIn);
  // Whoever ends us has what we clean up cleaned up.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
  await deployAll(secrets, values.metrics);
});

async function deployAll(secrets: Readonly<Record<string, string>>, hasMetrics: boolean): Promise<void> {
  const workers = readWorkers();
  const done: string[] = [];
  let address: string | undefined;
  for (const worker of workers) {
    console.log(`\n── ${worker.name} (${done.length + 1} of ${workers.length})`);
    const trouble = await prepareDatabases(worker);
    if (trouble !== undefined) throw new Failure(`${trouble}\n${explainFailure(worker, done)}`);
    const run = await deploy(worker, secrets, hasMetrics);
    if (run.code !== 0) throw new Failure(explainFailure(worker, done));
    done.push(worker.name);
    if (isApi(worker)) address = getAddress(run);
  }
  console.log(`\n${summarize(address)}`);
}

/*
 * Not minified: a bundle is a few percent of what Cloudflare allows, so it would save nothing that anyone
 * notices, and what runs there stays what was tested here, readable in the dashboard and in a stack.
 */
function deploy(
  worker: Worker,
  secrets: Readonly<Record<string, string>>,
  hasMetrics: boolean,
): Promise<WranglerRun> {
  // wrangler prefers an environment variable to the file's value; the file is what was checked.
  const environment = wranglerEnvironment();
  for (const name of listSecrets()) delete environment[name];
  const upload = (selected: readonly string[]) =>
    withSecretsFile(worker, secrets, (args) =>
      runWrangler(["deploy", ...selected, ...args], { show: true, environment }),
    );
  return hasMetrics ? withMetrics(worker, upload) : upload(selectWorker(worker));
}

function explainFailure(failed: Worker, done: readonly string[]): string {
  const up = done.length === 0 ? "Nothing else was uploaded." : `Already up: ${done.join(", ")}.`;
  return `
${failed.name} was not deployed; wrangler's reason is above. ${up}
Once that is put right, run \`npm run deploy\` again: it updates what is up and goes on.
 - More than one account? Set CLOUDFLARE_ACCOUNT_ID to the one you want.
 - Is it R2? Turn it on once: dash.cloudflare.com, R2 Object Storage. It asks for a card; 10 GB are free.
 - Is it Analytics Engine? Turn it on once, in the dashboard, or deploy without --metrics (docs/operations.md).
 - No workers.dev subdomain yet? Open the link above, choose one, deploy again.
 - Login expired? npx wrangler login`;
}

function getAddress(run: WranglerRun): string | undefined {
  return getDeployReport(run)?.targets?.find((target) => target.startsWith("https://"));
}

function summarize(address: string | undefined): string {
  const [where, url] =
    address === undefined
      ? ["All Workers are up.", ""]
      : [`All Workers are up: ${address}`, ` --url ${address}`];
  return `${where}
An account for you, as an admin: npm run host -- invite you@example.org --admin${url || " --url https://…"}
Without one, a host token for a talk, and its links: npm run token -- "My talk"${url}`;
}
