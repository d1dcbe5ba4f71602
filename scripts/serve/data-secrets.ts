import { join } from "node:path";
import { checkSecrets } from "../deploy-secrets.ts";
import { Failure } from "../failure.ts";
import { createIssuer, createKeyPair, createSecret } from "../key-pair.ts";
import { writeSecretFile } from "../secret-file.ts";
import { DEPLOY_SECRETS, formatSecrets, readSecrets } from "../secrets.ts";

const comment = `The secrets of the Workers that run with this data folder, made by the first start. Keep them with it: tokens,
links and names that were given out are good with these alone.`;

/** A token, and what is on paper, needs these; what wrangler files call optional may be missing. */
const REQUIRED = ["PUBLIC_KEY", "SESSION_SECRET", "ISSUER_KEY", "ISSUER_PUBLIC_KEY"] as const;

/**
 * The secrets of a data folder, made by its first start: as `npm run keys -- --out` lays them out, so that `npm run token
 * -- --key …/private.pem` finds them.
 * @throws Failure when what is there can't be used
 */
export async function prepareSecrets(folder: string): Promise<Readonly<Record<string, string>>> {
  const file = join(folder, DEPLOY_SECRETS);
  const found = await readSecrets(file);
  if (found) {
    const missing = REQUIRED.filter((name) => !found[name]);
    if (missing.length > 0) throw new Failure(`${file} has no ${missing.join(" and no ")}: restore it.`);
    checkSecrets(found, file);
    return found;
  }
  const { privatePem, publicPem } = await createKeyPair();
  const secrets = { PUBLIC_KEY: publicPem, SESSION_SECRET: createSecret(), ...(await createIssuer()) };
  await writeSecretFile(join(folder, "private.pem"), privatePem);
  await writeSecretFile(join(folder, "public.pem"), publicPem);
  // Last: who finds it finds all of them.
  await writeSecretFile(file, formatSecrets(comment, secrets));
  return secrets;
}
