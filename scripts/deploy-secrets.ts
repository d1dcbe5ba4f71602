import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "./failure.ts";
import { checkIssuerPair, checkPublicKeys } from "./key-pair.ts";
import { pickSecrets, readSecrets } from "./secrets.ts";
import { readWorkers, selectWorker, type Worker } from "./workers.ts";
import { runWrangler } from "./wrangler.ts";

/** A secret shorter than that can be guessed; `npm run keys` makes longer ones. */
const MIN_SECRET_LENGTH = 32;

const SecretList = z.array(z.object({ name: z.string() }));

type Secrets = Readonly<Record<string, string>>;

/**
 * Reads what is to be uploaded, and makes sure, before anything is, that every Worker will have its secrets: from the
 * file, or because it has them already (a deploy keeps what it isn't given).
 * @throws Failure that says what to do
 */
export async function readDeploySecrets(file: string, isLoggedIn: boolean): Promise<Secrets> {
  const secrets = await readSecrets(file);
  if (secrets) checkSecrets(secrets, file);
  const lacking = await Promise.all(
    readWorkers().map(async (worker) => ({
      worker,
      missing: await findMissing(worker, secrets, isLoggedIn),
    })),
  );
  const without = lacking.filter(({ missing }) => missing.length > 0);
  if (without.length === 0) return secrets ?? {};

  const names = without.flatMap(({ missing }) => missing).join(" and ");
  const workers = without.map(({ worker }) => worker.name).join(" and ");
  const isOnlyIssuer = without.every(({ missing }) => missing.every((name) => name.startsWith("ISSUER_")));
  throw new Failure(`Nothing was deployed: ${names} ${names.includes(" ") ? "are" : "is"} missing.
${secrets === undefined ? `There is no ${file}` : `${file} doesn't have ${names}`}${
  isLoggedIn ? `, and nor ${workers.includes(" ") ? "have" : "has"} ${workers}.` : "."
}

${advise(secrets === undefined, isOnlyIssuer, names, file)}${
  isLoggedIn ? "" : `\nIf the Workers have their secrets already, log in first: npx wrangler login`
}`);
}

function advise(hasNoFile: boolean, isOnlyIssuer: boolean, names: string, file: string): string {
  if (hasNoFile) return "Make them all with: npm run keys";
  if (isOnlyIssuer) return "Add the issuer's pair, and nothing else, with: npm run keys -- --issuer";
  return `Add ${names} to ${file} (docs/deployment.md, "Secrets").`;
}

/** @throws Failure that names what no Worker could run with */
export function checkSecrets(secrets: Secrets, file: string): void {
  const { PUBLIC_KEY, SESSION_SECRET, ISSUER_KEY, ISSUER_PUBLIC_KEY } = secrets;
  if (PUBLIC_KEY) checkPublicKeys(PUBLIC_KEY, `PUBLIC_KEY in ${file}`);
  if (SESSION_SECRET) checkSessionSecret(SESSION_SECRET, file);
  if (ISSUER_KEY && ISSUER_PUBLIC_KEY) checkIssuerPair(ISSUER_KEY, ISSUER_PUBLIC_KEY, file);
}

function checkSessionSecret(value: string, file: string): void {
  const short = value.split(/[\s,]+/).find((secret) => secret !== "" && secret.length < MIN_SECRET_LENGTH);
  if (short === undefined) return;
  throw new Failure(
    `SESSION_SECRET in ${file} is too short: each secret takes at least ${MIN_SECRET_LENGTH} characters.
Make one with: node -p 'crypto.randomBytes(32).toString("base64url")'`,
  );
}

/** Of a Worker's secrets, those that are neither in the file nor deployed. */
async function findMissing(
  worker: Worker,
  secrets: Secrets | undefined,
  isLoggedIn: boolean,
): Promise<readonly string[]> {
  const missing = worker.secrets.filter((name) => !secrets?.[name]);
  if (missing.length === 0 || !isLoggedIn) return missing;
  const deployed = await listDeployedSecrets(worker);
  return missing.filter((name) => !deployed.includes(name));
}

/** Names only; nobody can read a secret back. A Worker that doesn't exist yet has none. */
async function listDeployedSecrets(worker: Worker): Promise<string[]> {
  const args = ["secret", "list", ...selectWorker(worker), "--format", "json"];
  const { code, stdout, stderr } = await runWrangler(args);
  if (code === 0) return SecretList.parse(JSON.parse(stdout)).map(({ name }) => name);
  if (/Worker ".*"( \(env: .*\))? not found/.test(stderr)) return [];
  throw new Failure(`The secrets of ${worker.name} can't be listed:\n${stderr}`);
}

/**
 * Lets a task hand a Worker its own secrets, and no others: they stand in a file of their own, for this task alone.
 * @param task gets the arguments for wrangler; none where the Worker keeps all that it has
 */
export async function withSecretsFile<T>(
  worker: Worker,
  secrets: Secrets,
  task: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  const own = pickSecrets(secrets, worker);
  if (Object.keys(own).length === 0) return task([]);
  const folder = await mkdtemp(join(tmpdir(), "revint-secrets-"));
  // Also when somebody ends us in between.
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const file = join(folder, "secrets.json");
    await writeFile(file, JSON.stringify(own), { mode: 0o600, flag: "wx" });
    return await task(["--secrets-file", file]);
  } finally {
    remove();
    process.off("exit", remove);
  }
}
