import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Email } from "../shared/protocol/host/account.schema.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import { consoleUrl, getAddress } from "./address.ts";
import { runCommand } from "./command.ts";
import { nameExpiry } from "./expiry.ts";
import { Failure } from "./failure.ts";
import { invite, listAccounts, listLinks, type OneTimeSecret, recover, remove } from "./host-accounts.ts";
import { type HostDatabase, WranglerDatabase } from "./host-database.ts";
import { openLocalHosts } from "./local-hosts.ts";
import { isLoggedIn, requireLogin } from "./login.ts";
import { stateFolderOf } from "./serve/data-folder.ts";
import { readSignUpMode } from "./sign-up-mode.ts";
import { getRunningAddress, STATE_FOLDER } from "./state-folder.ts";
import { getPlace } from "./token-place.ts";

const usage = `
Usage: npm run host -- invite ada@example.org [--admin] [--url https://revint-api.example.workers.dev]
       npm run host -- recover ada@example.org [--url …]
       npm run host -- list [--remote]
       npm run host -- remove ada@example.org [--remote]
       … [--data ./data --url https://talks.example.org]   for npm run serve

Who has an account for hosting. revint sends no mail: hand the links over yourself. Each lets one person in, once.

  invite    prints a link with which this person makes an account; good for ${LIMITS.invitationDays} days. A new one ends the one before.
  recover   prints a link with which they set a new password or passkey; good for ${LIMITS.recoveryDays} day. Browsers that are
            signed in stay so until it is used.
  list      all accounts, and the links that nobody has used yet
  remove    signs the account out and has it erased, with its talks, their sessions, and its decks. An open
            invitation of that email ends, too.

  --admin   the new account also sees all accounts, invites and helps them
  --local   the accounts of npm start on this computer, which may run meanwhile. So it is when nothing else is said.
  --remote  those of your deployment (npx wrangler login)
  --data    those of npm run serve in this data folder, which may run meanwhile; --url is then where people open it
  --url     the address of your deployment, for the link; it means --remote, too
`;

/** Whose accounts, and where their pages are. */
interface Place {
  readonly database: HostDatabase;
  readonly isLocal: boolean;
  readonly url: string | undefined;
  /** Behind "an account". */
  readonly name: string;
  /** What the same command is told, in advice. */
  readonly flag: string;
}

await runCommand(usage, async (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      admin: { type: "boolean", default: false },
      local: { type: "boolean", default: false },
      remote: { type: "boolean", default: false },
      data: { type: "string" },
      url: { type: "string" },
    },
  });
  const [command, email, ...rest] = positionals;
  if (rest.length > 0) throw new Failure(`One email at a time, please: not ${rest.join(", ")}, too.`);
  if (values.admin && command !== "invite") {
    throw new Failure("--admin goes with an invitation. Who is an admin already stays one.");
  }
  const place = await findPlace(values);
  switch (command) {
    case "invite":
      return printInvitation(place, readEmail(command, email), values.admin);
    case "recover":
      return printRecovery(place, readName(command, email));
    case "list":
      return printList(place);
    case "remove":
      return removeAccount(place, readName(command, email));
    default:
      throw new Failure(usage.trim());
  }
});

async function findPlace(values: {
  local: boolean;
  remote: boolean;
  data?: string | undefined;
  url?: string | undefined;
}): Promise<Place> {
  const given = values.url === undefined ? undefined : await getPlace(values.url);
  if (values.data !== undefined) {
    if (values.local || values.remote) {
      throw new Failure("--data is a place of its own: leave --local and --remote out.");
    }
    const database = await openData(values.data);
    const url = given?.hostUrl;
    const flag = ` --data ${values.data}${url === undefined ? "" : ` --url ${url}`}`;
    return { database, isLocal: true, url, name: " in this data folder", flag };
  }
  const isLocal = given ? given.isHere : !values.remote;
  if ((isLocal && values.remote) || (!isLocal && values.local)) {
    throw new Failure(
      "--local and --remote are two different places, and a deployment's --url begins with https://. Say one of them.",
    );
  }
  if (isLocal) {
    const url = given?.hostUrl ?? consoleUrl((await getRunningAddress()) ?? getAddress(process.env));
    const name = " on this computer (npm start; for a deployment, add --remote)";
    return { database: new WranglerDatabase({ folder: STATE_FOLDER }), isLocal, url, name, flag: "" };
  }
  const flag = given ? ` --url ${given.hostUrl}` : " --remote";
  const name = " in this deployment";
  return { database: new WranglerDatabase({ remote: true }), isLocal, url: given?.hostUrl, name, flag };
}

/** The accounts of `npm run serve`, as the file that they are in. */
async function openData(data: string): Promise<HostDatabase> {
  const folder = stateFolderOf(resolve(data));
  const database = existsSync(folder) ? await openLocalHosts(folder) : undefined;
  if (database) return database;
  throw new Failure(`${data} has no accounts yet: npm run serve -- --data ${data} makes their tables.`);
}

/** A new account's email. */
function readEmail(command: string, text: string | undefined): string {
  const email = Email.safeParse(readName(command, text));
  if (email.success) return email.data;
  throw new Failure(`"${text}" is no email address. For example: npm run host -- ${command} ada@example.org`);
}

/** The email of an account that is there: as it was taken then. */
function readName(command: string, text: string | undefined): string {
  if (text !== undefined && text !== "" && text.length <= LIMITS.emailLength) return text;
  throw new Failure(`Whom? For example: npm run host -- ${command} ada@example.org`);
}

async function printInvitation(place: Place, email: string, isAdmin: boolean): Promise<void> {
  const url = await requireUrl(place);
  await requireOpenDoor(url, email, place.flag);
  await requireReachable(place);
  const link = await invite(place.database, email, isAdmin ? "admin" : "host");
  if (link === "deleting") {
    throw new Failure(`The account of ${email} is being erased. Invite them in a few minutes.`);
  }
  if (link === "there") {
    throw new Failure(
      `${email} has an account already. A new way in, should they have lost theirs: npm run host -- recover ${email}${place.flag}`,
    );
  }
  const kind = isAdmin ? "an admin's account" : "an account";
  printLink(`For ${email}: makes ${kind}, once, until ${nameExpiry(link.expiresAt / 1000)}.`, url, link);
}

async function printRecovery(place: Place, email: string): Promise<void> {
  const url = await requireUrl(place);
  await requireReachable(place);
  const link = await recover(place.database, email);
  if (link === "deleting") throw new Failure(`The account of ${email} is being erased: nobody gets into it.`);
  if (link === "none") {
    throw new Failure(
      `${email} has no account${place.name}. See who has one: npm run host -- list${place.flag}`,
    );
  }
  printLink(`For ${email}: sets a new way in, once, until ${nameExpiry(link.expiresAt / 1000)}.`, url, link);
}

function printLink(what: string, url: string, { secret }: OneTimeSecret): void {
  console.error(`${what} Whoever opens it first is in: hand it over safely.\n`);
  console.log(`${url}/host#link=${secret}`);
}

async function printList(place: Place): Promise<void> {
  await requireReachable(place);
  const accounts = await listAccounts(place.database);
  const links = await listLinks(place.database);
  if (accounts.length === 0) console.log(`There is no account${place.name} yet.`);
  for (const { email, name, role, createdAt, lastSeenAt, isDeleting, waysIn, talks, decks } of accounts) {
    const state = isDeleting ? ", is being erased" : waysIn === 0 ? ", has never signed in" : "";
    console.log(`${email}   ${name}, ${role}${state}
    ${count(talks, "talk")}, ${count(decks, "deck")}; since ${day(createdAt)}, last seen ${day(lastSeenAt)}`);
  }
  if (links.length > 0) console.log("\nLinks that nobody has used yet:");
  for (const { email, kind, role, expiresAt } of links) {
    const what = kind === "invitation" ? `an invitation as ${role}` : "a new way in";
    console.log(`${email}   ${what}, until ${nameExpiry(expiresAt / 1000)}`);
  }
}

async function removeAccount(place: Place, email: string): Promise<void> {
  await requireReachable(place);
  const { state, links, admins } = await remove(place.database, email);
  if (state === "none") {
    if (links > 0) return console.log(`${email} had no account; the invitation is taken back.`);
    throw new Failure(
      `${email} has no account${place.name}. See who has one: npm run host -- list${place.flag}`,
    );
  }
  const end = place.isLocal
    ? "it is erased while npm start, or npm run serve, runs"
    : "the deployment erases it within minutes";
  console.log(
    state === "deleting"
      ? `The account of ${email} is being erased already: ${end}.`
      : `The account of ${email} is signed out, and nobody gets into it any more; ${end}, with its talks and decks.`,
  );
  if (admins === 0) {
    console.log(
      `There is no admin now. Make one with: npm run host -- invite you@example.org --admin${place.flag}`,
    );
  }
}

/** A link needs to know where its page is, before there is a link. */
async function requireUrl(place: Place): Promise<string> {
  if (place.url === undefined) {
    throw new Failure(
      "Nothing was done: a link takes the address of your deployment. Add it with --url, such as --url https://revint-api.example.workers.dev",
    );
  }
  return place.url;
}

/** An invitation is good only where accounts can be made: the deployment says so itself, before there is a link. */
async function requireOpenDoor(url: string, email: string, flag: string): Promise<void> {
  const mode = await readSignUpMode(url);
  if (mode === "closed") {
    throw new Failure(
      `Nothing was done: new accounts are closed at ${url}, and an invitation would lead nowhere.
Set SIGN_UP = "invited" in wrangler.api.toml, run npm run deploy, and invite ${email} then.
Who has an account already comes back in all the same: npm run host -- recover ${email}${flag}`,
    );
  }
  // One on this computer need not run: whoever starts it has it open.
  if (mode === undefined && flag !== "") {
    console.error(
      `${url} did not say whether accounts can be made there. If SIGN_UP is "closed" in wrangler.api.toml, the link leads nowhere.\n`,
    );
  }
}

async function requireReachable({ isLocal }: Place): Promise<void> {
  if (!isLocal) requireLogin(await isLoggedIn());
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
