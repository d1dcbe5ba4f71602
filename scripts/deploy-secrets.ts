import { z } from "zod";
import { Failure } from "./failure.ts";
import { checkPublicKeys } from "./key-pair.ts";
import { readSecrets, SECRETS } from "./secrets.ts";
import { readApi, selectWorker } from "./workers.ts";
import { runWrangler } from "./wrangler.ts";

/** A secret shorter than that can be guessed; `npm run keys` makes longer ones. */
const MIN_SECRET_LENGTH = 32;

const SecretList = z.array(z.object({ name: z.string() }));

/**
 * Makes sure, before anything is uploaded, that the api Worker will have its secrets: from the file,
 * or because it has them already (a deploy keeps what it isn't given).
 * @throws Failure that says what to do
 */
export async function checkDeploySecrets(file: string, isLoggedIn: boolean): Promise<void> {
  const secrets = await readSecrets(file);
  if (secrets?.PUBLIC_KEY) checkPublicKeys(secrets.PUBLIC_KEY, `PUBLIC_KEY in ${file}`);
  if (secrets?.SESSION_SECRET) checkSessionSecret(secrets.SESSION_SECRET, file);

  const missing = SECRETS.filter((name) => !secrets?.[name]);
  if (missing.length === 0) return;
  const deployed = isLoggedIn ? await listDeployedSecrets() : [];
  const stillMissing = missing.filter((name) => !deployed.includes(name));
  if (stillMissing.length === 0) return;

  const names = stillMissing.join(" and ");
  throw new Failure(`Nothing was deployed: ${names} ${stillMissing.length === 1 ? "is" : "are"} missing.
${secrets === undefined ? `There is no ${file}` : `${file} doesn't have ${names}`}${
  isLoggedIn ? `, and the Worker ${readApi().name} has no such secret either.` : "."
}

${secrets === undefined ? "Make both with: npm run keys" : `Add ${names} to ${file} (docs/deployment.md, "Secrets").`}${
  isLoggedIn ? "" : `\nIf the Worker has its secrets already, log in first: npx wrangler login`
}`);
}

function checkSessionSecret(value: string, file: string): void {
  const short = value.split(/[\s,]+/).find((secret) => secret !== "" && secret.length < MIN_SECRET_LENGTH);
  if (short === undefined) return;
  throw new Failure(
    `SESSION_SECRET in ${file} is too short: each secret takes at least ${MIN_SECRET_LENGTH} characters.
Make one with: node -p 'crypto.randomBytes(32).toString("base64url")'`,
  );
}

/** Names only; nobody can read a secret back. A Worker that doesn't exist yet has none. */
async function listDeployedSecrets(): Promise<string[]> {
  const { code, stdout, stderr } = await runWrangler([
    "secret",
    "list",
    ...selectWorker(readApi()),
    "--format",
    "json",
  ]);
  if (code === 0) return SecretList.parse(JSON.parse(stdout)).map(({ name }) => name);
  if (/Worker ".*" not found/.test(stderr)) return [];
  throw new Failure(`The secrets of ${readApi().name} can't be listed:\n${stderr}`);
}
