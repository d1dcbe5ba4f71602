import { parseArgs } from "node:util";
import { getLinks } from "../shared/links.ts";
import { runCommand } from "./command.ts";
import { nameExpiry, readExpiry } from "./expiry.ts";
import { Failure } from "./failure.ts";
import { readToken, signToken, TokenPayload } from "./host-token.ts";
import { isOnlyHere } from "./links.ts";
import { drawQr } from "./qr.ts";
import { DEPLOY_SECRETS, DEV_SECRETS, readVariables } from "./secrets.ts";
import { nameSession } from "./session-name.ts";
import { findPublicKey, getSigningKey, isAcceptedBy, type SigningKey } from "./signing-key.ts";
import { today } from "./today.ts";
import { getPlace, type TokenPlace } from "./token-place.ts";

const usage = `
Usage: npm run token -- "Name of the talk" [--date 2026-11-20] [--expires 30d] [--user] [--key private.pem]
                        [--url https://revint-api.example.workers.dev] [--qr]
       npm run token -- --verify <token> [--key public.pem]

Signs a host token and prints it, alone, on stdout. Whoever holds it hosts the session: treat it like a password.
The same name, date, expiry and key give the same token, and the same token always gives the same session.
Beside it (on stderr) stand links that are ready to open: the demo deck, the stage, the results, and where phones join.

  --date      any text of 1 to 200 characters; today when left out
  --expires   the last day on which it is good, such as 2026-12-31, or days after --date, such as 30d; left out, it does not end
  --user      sign a user token instead ("host": false): it lets its holder join, and nothing more
  --key       the key file. Left out: .keys/private.pem (npm run keys), or else the development key of npm start
  --url       the address of your deployment, for the links; left out, that of npm start on this computer
  --qr        also print the code that phones join with, which is good before the deck has ever led
  --verify    print what a token says, whether its signature is good and who accepts it; exit code 1 when it is not
`;

await runCommand(usage, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      date: { type: "string", default: today() },
      expires: { type: "string" },
      user: { type: "boolean", default: false },
      key: { type: "string" },
      url: { type: "string" },
      qr: { type: "boolean", default: false },
      verify: { type: "string" },
    },
  });
  if (values.verify !== undefined) return verify(values.verify, values.key);

  const [name, ...rest] = positionals;
  if (name === undefined) throw new Failure(usage.trim());
  if (rest.length > 0)
    throw new Failure(`Put the name in quotes: npm run token -- "${positionals.join(" ")}"`);
  const { date, expires } = values;
  const payload = TokenPayload.safeParse({
    name,
    date,
    ...(values.user && { host: false }),
    ...(expires !== undefined && { exp: readExpiry(expires, date) }),
  });
  if (!payload.success) throw new Failure("Name and date take 1 to 200 characters each.");
  if (values.user && values.qr)
    throw new Failure("A user token has no session of its own, and so no QR code.");
  // Before anything is printed: a wrong address is said alone.
  const place = values.user ? undefined : await getPlace(values.url);
  const key = await getSigningKey(values.key);
  const token = await sign(payload.data, key);
  if (place) await printLinks(token, key, place, values.qr);
});

async function sign(payload: TokenPayload, { file, pem, isDev }: SigningKey): Promise<string> {
  const token = await signToken(payload, pem);
  const { name, date, exp } = readToken(token) ?? payload;
  const kind = payload.host === false ? "User" : "Host";
  const use = isDev ? "the development key; only npm start accepts it" : "keep it secret";
  const end = exp === undefined ? "" : `, good until ${nameExpiry(exp)}`;
  console.error(`${kind} token for "${name}", ${date}, signed with ${file} (${use})${end}:`);
  console.log(token);
  return token;
}

async function printLinks(
  token: string,
  key: SigningKey,
  place: TokenPlace,
  wantsQr: boolean,
): Promise<void> {
  const secretsFile = place.isHere ? DEV_SECRETS : key.deploySecrets;
  const refusal = await explainRefusal(token, key, secretsFile, place);
  if (refusal !== undefined) {
    const what = `\nNo links: ${place.hostUrl} would not accept this token. ${refusal}`;
    if (wantsQr) throw new Failure(what);
    return console.error(what);
  }

  const secret = (await readVariables(secretsFile))?.SESSION_SECRET;
  const links = getLinks(place, token, { sessionUid: secret ? nameSession(token, secret) : undefined });
  const more = place.isGiven ? "" : "; those to a deployment: --url and its address";
  console.error(`
Links at ${place.hostUrl}${place.isHere ? " (npm start)" : ""}${more}
All but the last hold the token: don't share them.

  demo deck   ${links.deck}

  stage       ${links.stage}

  results     ${links.results}

  join        ${links.join ?? `the deck shows it; it is not known here without SESSION_SECRET in ${secretsFile}`}`);
  if (!wantsQr) return;
  if (links.join === undefined) {
    throw new Failure(`\nNo QR code: it takes SESSION_SECRET, which is in no ${secretsFile} here.`);
  }
  if (isOnlyHere(links.join)) {
    throw new Failure(`\nNo QR code: no phone can open ${place.audienceUrl}, which is this computer alone.
HOST=0.0.0.0 npm start lets the phones in your network in; for a deployment, add --url and its address.`);
  }
  console.error(`\n${drawQr(links.join)}`);
}

/** Why a place would not accept the token, as far as the files of this computer tell; and what to do. */
async function explainRefusal(
  token: string,
  { file, isDev }: SigningKey,
  secretsFile: string,
  { isHere }: TokenPlace,
): Promise<string | undefined> {
  if (isDev && !isHere)
    return `${file} is the development key, which opens no deployment. Make one with npm run keys.`;
  const isAccepted = await isAcceptedBy(secretsFile, token);
  const elsewhere = isHere ? " For the links to a deployment, add --url and its address." : "";
  if (isAccepted === false)
    return `PUBLIC_KEY in ${secretsFile} lacks the public half of ${file}.${elsewhere}`;
  if (isAccepted === undefined && isHere)
    return `${secretsFile} is not there yet: npm start makes it.${elsewhere}`;
  return undefined;
}

async function verify(text: string, keyFile: string | undefined): Promise<void> {
  const token = text.replaceAll(/\s/g, "");
  const payload = readToken(token);
  if (payload === undefined)
    throw new Failure("This is no token: it should be two parts of base64url with a dot between.");
  const { files, found } = await findPublicKey(token, keyFile);
  const isOver = payload.exp !== undefined && payload.exp * 1000 <= Date.now();
  console.log(`name       ${payload.name}`);
  console.log(`date       ${payload.date}`);
  console.log(`kind       ${payload.host === false ? "user" : "host"}`);
  if (payload.exp !== undefined) {
    console.log(`good until ${nameExpiry(payload.exp)}${isOver ? ", which is over" : ""}`);
  }
  console.log(
    `signature  ${found === undefined ? `not good (checked with ${files.join(", ")})` : `good (${found})`}`,
  );
  for (const [who, secretsFile] of [
    ["npm start", DEV_SECRETS],
    ["a deployment", DEPLOY_SECRETS],
  ] as const) {
    const isAccepted = await isAcceptedBy(secretsFile, token);
    if (isAccepted === undefined) continue;
    const says = isAccepted ? "accepts it" : "does not accept it";
    console.log(`${who.padEnd(13)}with ${secretsFile} ${says}`);
  }
  if (found === undefined || isOver) process.exitCode = 1;
}
