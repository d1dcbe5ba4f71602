import { getLinks } from "../shared/links.ts";
import { type Address, consoleUrl, isEveryInterface, lanUrl, localUrl } from "./address.ts";
import type { OneTimeSecret } from "./host-accounts.ts";
import type { TokenPayload } from "./host-token.ts";
import { isOnlyHere } from "./links.ts";
import { drawQr } from "./qr.ts";

/** A field of the JSON on stdin; node is there wherever this runs, jq is not. */
const pick = (field: string) => `node -p 'JSON.parse(fs.readFileSync(0)).${field}'`;

/**
 * Three lines for any sh: create the session, join it, react. Each uses the variables of the one before.
 * @param apiUrl where others reach the API; the lines themselves call `local`
 */
function tryItLines(local: string, apiUrl: string, token: string): string {
  const body = JSON.stringify({ apiUrl, webUiUrl: `${apiUrl}/join` });
  const session = "$API/api/v1/session/$SESSION";
  return `API=${local}; SESSION=$(curl -sS -X POST $API/api/v1/session/new -H 'content-type: application/json' -H 'x-session-token: ${token}' -d '${body}' | ${pick("sessionUid")}); echo "session: $SESSION"

TOKEN=$(curl -sS ${session} | ${pick("token")}); PARTICIPANT=$(curl -sS -X POST ${session}/login -H "x-session-token: $TOKEN" | ${pick("uid")}); echo "participant: $PARTICIPANT"

curl -sS -w '\\n' -X POST ${session}/user/$PARTICIPANT/react/0/%F0%9F%91%8F -H "x-session-token: $TOKEN" -H "x-session-uid: $PARTICIPANT"`;
}

/** What there is to show, when this computer can sign a token. */
export interface Demo {
  readonly payload: TokenPayload;
  /** A host token for the payload. */
  readonly token: string;
  /** Where phones join. */
  readonly joinUrl: string;
}

/** How phones join; or, where none can open this computer, how to let them in: a code that leads nowhere is not drawn. */
function describeJoining({ joinUrl }: Demo, { host }: Address): string {
  if (!isOnlyHere(joinUrl)) return `Join from a phone: ${joinUrl}\n\n${drawQr(joinUrl)}`;
  const why = isEveryInterface(host)
    ? "Phones can't join: this computer is in no network at the moment."
    : "Phones can't open 127.0.0.1. To let those in your network in: HOST=0.0.0.0 npm start";
  return `Join from another window of this computer: ${joinUrl}\n\n${why}`;
}

/** Where talks and decks of one's own are made; until somebody has done so, with what lets them in. */
function describeConsole(address: Address, entrance: OneTimeSecret | undefined): string {
  const url = `${consoleUrl(address)}/host`;
  if (entrance === undefined)
    return `Talks and decks of your own: ${url}
Who can't get in gets a link: npm run host -- list says who has an account, npm run host -- recover <email> makes it.`;
  return `Talks and decks of your own (its link lets one person in, once; the next start makes a new one):

${url}#link=${entrance.secret}`;
}

/**
 * What `npm start` says once it runs; without a `demo`, why there is none.
 * @param entrance lets somebody into the first account, as long as nobody is in
 */
export function welcome(
  address: Address,
  stateFolder: string,
  demo: Demo | undefined,
  entrance?: OneTimeSecret,
): string {
  const local = localUrl(address);
  const lan = lanUrl(address);
  const where = `revint runs at ${local}${lan === undefined ? "" : `, and for your network at ${lan}`}`;
  const end = `Everything is kept in ${stateFolder}. Ctrl-C ends it.`;
  if (demo === undefined) {
    return `${where}

There is no demo: .dev.vars holds a public key whose private half is not .keys/dev.private.pem.
Sign a token with yours (npm run token -- --key …), or delete .dev.vars to have a new pair made.

${describeConsole(address, entrance)}

${end}`;
  }
  const { payload, token } = demo;
  const { deck } = getLinks({ hostUrl: local, audienceUrl: lan ?? local }, token);
  return `${where}

Open the demo deck (its link holds a host token; don't share it):

${deck}

${describeJoining(demo, address)}

${describeConsole(address, entrance)}

A host token for "${payload.name}", ${payload.date}; only this computer accepts it:

${token}

Or without a browser: create the session, join it, react.

${tryItLines(local, lan ?? local, token)}

${end}`;
}
