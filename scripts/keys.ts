import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { acceptDeployKey } from "./dev-secrets.ts";
import { Failure } from "./failure.ts";
import { createKeyPair, createSecret } from "./key-pair.ts";
import { writeSecretFile } from "./secret-file.ts";
import { DEPLOY_SECRETS, formatSecrets, readSecrets } from "./secrets.ts";

const usage = `
Usage: npm run keys [-- --out folder] [--force]

Makes what a deployment needs, once:
  .keys/private.pem   signs host tokens (npm run token). Keep it secret; it is never uploaded.
  .keys/public.pem    checks them.
  .deploy.vars        the Worker's secrets for npm run deploy: the public key and a fresh SESSION_SECRET.
npm start accepts the new key too: npm run token signs with it from then on.

  --out folder   put all three there, for a second deployment
  --force        replace the key pair. The new public key goes in front of those in .deploy.vars, so that
                 old tokens stay valid until you take the old key out; SESSION_SECRET stays.
`;

const comment = `The secrets of the Worker revint-api, uploaded by \`npm run deploy\`. Keep this file out of git.
PUBLIC_KEY: who may host. Several keys may follow each other, for a rotation.
SESSION_SECRET: makes the names of sessions and participants. Several may follow each other, newest first, with spaces between.`;

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: { out: { type: "string" }, force: { type: "boolean", default: false } },
  });
  const folder = values.out ?? ".keys";
  const privateFile = join(folder, "private.pem");
  const publicFile = join(folder, "public.pem");
  const secretsFile = values.out === undefined ? DEPLOY_SECRETS : join(folder, DEPLOY_SECRETS);

  const existing = [privateFile, publicFile, secretsFile].filter((file) => existsSync(file));
  if (existing.length > 0 && !values.force) {
    throw new Failure(
      `Nothing was written: ${existing.join(", ")} ${existing.length === 1 ? "is" : "are"} there already.
To replace the key pair (docs/deployment.md, "Changing the keys"): npm run keys -- --force`,
    );
  }

  const { privatePem, publicPem } = await createKeyPair();
  const old = await readSecrets(secretsFile);
  const secrets = {
    PUBLIC_KEY: publicPem + (old?.PUBLIC_KEY ?? ""),
    SESSION_SECRET: old?.SESSION_SECRET || createSecret(),
  };
  // The secrets first: should a later write fail, the key in use is still the old one, and still accepted.
  await writeSecretFile(secretsFile, formatSecrets(comment, secrets));
  await writeSecretFile(privateFile, privatePem);
  await writeSecretFile(publicFile, publicPem);
  if (values.out === undefined) await acceptDeployKey();

  const deploy =
    values.out === undefined ? "npm run deploy" : `npm run deploy -- --secrets-file ${secretsFile}`;
  const key = values.out === undefined ? "" : ` --key ${privateFile}`;
  const width = Math.max(privateFile.length, publicFile.length, secretsFile.length);
  console.log(`Written:
  ${privateFile.padEnd(width)}   signs host tokens. Keep it secret and keep a copy: it is never uploaded.
  ${publicFile.padEnd(width)}   checks them. Not a secret.
  ${secretsFile.padEnd(width)}   the Worker's secrets. Keep it secret.
${old?.PUBLIC_KEY ? `\nThe old public key is still in ${secretsFile}, so old tokens stay valid. Take it out to end them.\n` : ""}
Next:
  ${deploy}
  npm run token -- "My talk"${key}`);
});
