import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runCommand } from "./command.ts";
import { DEV_PRIVATE_KEY, DEV_PUBLIC_KEY } from "./dev-secrets.ts";
import { Failure } from "./failure.ts";
import { isSignedBy, readToken, signToken, TokenPayload } from "./host-token.ts";
import { getPublicKeys } from "./key-pair.ts";
import { today } from "./today.ts";

const usage = `
Usage: npm run token -- "Name of the talk" [--date 2026-11-20] [--user] [--key private.pem]
       npm run token -- --verify <token> [--key public.pem]

Signs a host token and prints it, alone, on stdout. Whoever holds it hosts the session: treat it like a password.
The same name, date and key give the same token, and the same token always gives the same session.

  --date     any text of 1 to 200 characters; today when left out
  --user     sign a user token instead ("host": false): it lets its holder join, and nothing more
  --key      the key file. Left out: .keys/private.pem (npm run keys), or else the development key of npm start
  --verify   print what a token says and whether its signature is good; exit code 1 when it is not
`;

await runCommand(usage, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      date: { type: "string", default: today() },
      user: { type: "boolean", default: false },
      key: { type: "string" },
      verify: { type: "string" },
    },
  });
  if (values.verify !== undefined) return verify(values.verify, values.key);

  const [name, ...rest] = positionals;
  if (name === undefined) throw new Failure(usage.trim());
  if (rest.length > 0)
    throw new Failure(`Put the name in quotes: npm run token -- "${positionals.join(" ")}"`);
  const payload = TokenPayload.safeParse({ name, date: values.date, ...(values.user && { host: false }) });
  if (!payload.success) throw new Failure("Name and date take 1 to 200 characters each.");
  await sign(payload.data, values.key);
});

async function sign(payload: TokenPayload, keyFile: string | undefined): Promise<void> {
  const file = keyFile ?? [".keys/private.pem", DEV_PRIVATE_KEY].find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new Failure(
      "There is no key to sign with yet.\nFor a deployment: npm run keys. For a try on this computer: npm start.",
    );
  }
  const token = await signToken(payload, await readKey(file));
  const kind = payload.host === false ? "User" : "Host";
  const use = file === DEV_PRIVATE_KEY ? "the development key; only npm start accepts it" : "keep it secret";
  console.error(`${kind} token for "${payload.name}", ${payload.date}, signed with ${file} (${use}):`);
  console.log(token);
}

async function verify(token: string, keyFile: string | undefined): Promise<void> {
  const payload = readToken(token);
  if (payload === undefined)
    throw new Failure("This is no token: it should be two parts of base64url with a dot between.");
  const files =
    keyFile === undefined
      ? [".keys/public.pem", DEV_PUBLIC_KEY].filter((file) => existsSync(file))
      : [keyFile];
  if (files.length === 0)
    throw new Failure("There is no public key to check with: give one with --key public.pem");

  const signer = await findSigner(token, files);
  console.log(`name       ${payload.name}`);
  console.log(`date       ${payload.date}`);
  console.log(`kind       ${payload.host === false ? "user" : "host"}`);
  console.log(
    `signature  ${signer === undefined ? `not good (checked with ${files.join(", ")})` : `good (${signer})`}`,
  );
  if (signer === undefined) process.exitCode = 1;
}

async function findSigner(token: string, files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const keys = getPublicKeys(await readKey(file));
    if (keys.length === 0) throw new Failure(`${file} holds no public key.`);
    for (const key of keys) if (await isSignedBy(token, key)) return file;
  }
  return undefined;
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new Failure(`The key file ${file} can't be read.`);
  }
}
