import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { acceptDeployKey } from "./dev-secrets.ts";
import { Failure } from "./failure.ts";
import { createIssuer, createKeyPair, createSecret } from "./key-pair.ts";
import { writeSecretFile } from "./secret-file.ts";
import { DEPLOY_SECRETS, formatSecrets, readSecrets } from "./secrets.ts";

const usage = `
Usage: npm run keys [-- --out folder] [--force]
       npm run keys -- --issuer [--out folder] [--force]

Makes what a deployment needs, once:
  .keys/private.pem   signs host tokens (npm run token). Keep it secret; it is never uploaded.
  .keys/public.pem    checks them.
  .deploy.vars        the Workers' secrets for npm run deploy: the public key, a fresh SESSION_SECRET, and the
                      issuer's pair, with which the deployment itself signs the tokens of talks made in the console.
npm start accepts the new key too: npm run token signs with it from then on.

  --out folder   put all three there, for a second deployment
  --force        replace the key pair. The new public key goes in front of those in .deploy.vars, so that
                 old tokens stay valid until you take the old key out; SESSION_SECRET and the issuer's pair stay.
  --issuer       only the issuer's pair: adds it to a .deploy.vars that has none, and nothing else changes
  --issuer --force
                 replaces the issuer's pair. The console signs every talk's token anew whenever it shows one, for
                 the same session, so hosts notice nothing and QR codes stay good. Links that it gave out before
                 are good for 30 days at most, or until you take the old public key out of .deploy.vars.
`;

const comment = `The secrets of the Workers, uploaded by \`npm run deploy\`, to each its own. Keep this file out of git.
PUBLIC_KEY: who may host. Several keys may follow each other, for a rotation.
SESSION_SECRET: makes the names of sessions and participants. Several may follow each other, newest first, with spaces between.
ISSUER_KEY signs the tokens of talks made in the console; ISSUER_PUBLIC_KEY checks them, and may be several.`;

/** Where it all is written. */
interface Files {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly secrets: string;
  /** What the next commands need to be told about it. */
  readonly deploy: string;
  readonly key: string;
}

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: "string" },
      force: { type: "boolean", default: false },
      issuer: { type: "boolean", default: false },
    },
  });
  const files = getFiles(values.out);
  if (values.issuer) return writeIssuer(files, values.force);
  await writeKeys(files, values.force);
  if (values.out === undefined) await acceptDeployKey();
});

function getFiles(out: string | undefined): Files {
  const folder = out ?? ".keys";
  const privateKey = join(folder, "private.pem");
  const secrets = out === undefined ? DEPLOY_SECRETS : join(out, DEPLOY_SECRETS);
  return {
    privateKey,
    publicKey: join(folder, "public.pem"),
    secrets,
    deploy: out === undefined ? "npm run deploy" : `npm run deploy -- --secrets-file ${secrets}`,
    key: out === undefined ? "" : ` --key ${privateKey}`,
  };
}

async function writeKeys({ privateKey, publicKey, secrets, deploy, key }: Files, force: boolean) {
  const existing = [privateKey, publicKey, secrets].filter((file) => existsSync(file));
  if (existing.length > 0 && !force) {
    throw new Failure(
      `Nothing was written: ${existing.join(", ")} ${existing.length === 1 ? "is" : "are"} there already.
To replace the key pair (docs/deployment.md, "Changing the keys"): npm run keys -- --force`,
    );
  }

  const { privatePem, publicPem } = await createKeyPair();
  const old = await readSecrets(secrets);
  // The secrets first: should a later write fail, the key in use is still the old one, and still accepted.
  await writeSecretFile(
    secrets,
    formatSecrets(comment, {
      PUBLIC_KEY: publicPem + (old?.PUBLIC_KEY ?? ""),
      SESSION_SECRET: old?.SESSION_SECRET || createSecret(),
      ...(keepIssuer(old) ?? (await createIssuer())),
    }),
  );
  await writeSecretFile(privateKey, privatePem);
  await writeSecretFile(publicKey, publicPem);

  const width = Math.max(privateKey.length, publicKey.length, secrets.length);
  console.log(`Written:
  ${privateKey.padEnd(width)}   signs host tokens. Keep it secret and keep a copy: it is never uploaded.
  ${publicKey.padEnd(width)}   checks them. Not a secret.
  ${secrets.padEnd(width)}   the Workers' secrets. Keep it secret.
${old?.PUBLIC_KEY ? `\nThe old public key is still in ${secrets}, so old tokens stay valid. Take it out to end them.\n` : ""}
Next:
  ${deploy}
  npm run token -- "My talk"${key}`);
}

function keepIssuer({ ISSUER_KEY, ISSUER_PUBLIC_KEY }: Readonly<Record<string, string>> = {}) {
  return ISSUER_KEY && ISSUER_PUBLIC_KEY ? { ISSUER_KEY, ISSUER_PUBLIC_KEY } : undefined;
}

async function writeIssuer({ secrets, deploy }: Files, force: boolean) {
  const old = await readSecrets(secrets);
  if (old === undefined) {
    throw new Failure(`Nothing was written: there is no ${secrets}. Make all of it with: npm run keys`);
  }
  if (old.ISSUER_KEY && !force) {
    throw new Failure(`Nothing was written: ${secrets} has an ISSUER_KEY already.
To replace it (docs/deployment.md, "Changing the issuer's key"): npm run keys -- --issuer --force`);
  }
  const issuer = await createIssuer();
  const before = old.ISSUER_PUBLIC_KEY ?? "";
  const both = { ...issuer, ISSUER_PUBLIC_KEY: issuer.ISSUER_PUBLIC_KEY + before };
  await writeSecretFile(secrets, formatSecrets(comment, { ...old, ...both }));
  console.log(`Written: a new issuer's pair, in ${secrets}. Keep it secret.
${before === "" ? "" : `\nThe old public key is still there, behind the new one: links that the console gave out stay good until they end.\n`}
Next:
  ${deploy}`);
}
