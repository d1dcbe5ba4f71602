import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { checkDeploySecrets } from "./deploy-secrets.ts";
import { dryRun } from "./dry-run.ts";
import { Failure } from "./failure.ts";
import { isLoggedIn, requireLogin } from "./login.ts";
import { DEPLOY_SECRETS, SECRETS } from "./secrets.ts";
import { isApi, readWorkers, selectWorker, type Worker } from "./workers.ts";
import { getDeployReport, runWrangler, type WranglerRun, wranglerEnvironment } from "./wrangler.ts";

const usage = `
Usage: npm run deploy [-- --dry-run] [--secrets-file .deploy.vars]

Deploys all Workers to Cloudflare, callees before callers, and stops at the first that fails.
Running it again is safe: what is already up is updated. docs/deployment.md goes through it step by step.

  --dry-run        build everything, print sizes and bindings, upload nothing; needs no account
  --secrets-file   the api Worker's secrets; without such a file it keeps those it has
`;

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      "dry-run": { type: "boolean", default: false },
      "secrets-file": { type: "string" },
    },
  });
  if (values["dry-run"]) return dryRun();

  const secretsFile = values["secrets-file"] ?? DEPLOY_SECRETS;
  const hasFile = existsSync(secretsFile);
  if (!hasFile && values["secrets-file"] !== undefined) throw new Failure(`There is no ${secretsFile}.`);
  const loggedIn = await isLoggedIn();
  await checkDeploySecrets(secretsFile, loggedIn);
  requireLogin(loggedIn);
  await deployAll(hasFile ? secretsFile : undefined);
});

async function deployAll(secretsFile: string | undefined): Promise<void> {
  const workers = readWorkers();
  const done: string[] = [];
  let address: string | undefined;
  for (const worker of workers) {
    console.log(`\n── ${worker.name} (${done.length + 1} of ${workers.length})`);
    const run = await deploy(worker, secretsFile);
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
function deploy(worker: Worker, secretsFile: string | undefined): Promise<WranglerRun> {
  const args = ["deploy", ...selectWorker(worker)];
  if (!isApi(worker) || secretsFile === undefined) return runWrangler(args, { show: true });
  // wrangler prefers an environment variable to the file's value; the file is what was checked.
  const environment = wranglerEnvironment();
  for (const name of SECRETS) delete environment[name];
  return runWrangler([...args, "--secrets-file", secretsFile], { show: true, environment });
}

function explainFailure(failed: Worker, done: readonly string[]): string {
  const up = done.length === 0 ? "Nothing else was uploaded." : `Already up: ${done.join(", ")}.`;
  return `
${failed.name} was not deployed; wrangler's reason is above. ${up}
Once that is put right, run \`npm run deploy\` again: it updates what is up and goes on.
 - More than one account? Set CLOUDFLARE_ACCOUNT_ID to the one you want.
 - No workers.dev subdomain yet? Open the link above, choose one, deploy again.
 - Login expired? npx wrangler login`;
}

const getAddress = (run: WranglerRun): string | undefined =>
  getDeployReport(run)?.targets?.find((target) => target.startsWith("https://"));

function summarize(address: string | undefined): string {
  const [where, url] =
    address === undefined
      ? ["All Workers are up.", ""]
      : [`All Workers are up: ${address}`, ` --url ${address}`];
  return `${where}\nA host token for a talk, and its links: npm run token -- "My talk"${url}`;
}
