import { LiveQuestion } from "../../shared/interactions/question/question.schema.ts";
import { FlowRun, SavedFlow } from "../../shared/protocol/flow.schema.ts";
import { AccountAnswer, Me, OneTimeLink } from "../../shared/protocol/host/account.schema.ts";
import { DeckUpload } from "../../shared/protocol/host/deck.schema.ts";
import { TalkAnswer } from "../../shared/protocol/host/talk.schema.ts";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { type Deployment, read } from "../deployment.ts";
import { createEmail, HostBrowser, makeAdmin } from "../host-browser.ts";
import { makePdf } from "../made-pdf.ts";
import { HOST_BODIES } from "./host-routes.ts";
import type { Judge } from "./judge.ts";
import { createWorld, type World } from "./world.ts";

/* Something of every kind that the API tells of: so that each route has a good answer to give. */

/** What may stand in a path, by the name of the place. */
export type Parts = Readonly<Record<string, readonly string[]>>;

/** A session, and what stands in the paths of requests to it. */
export interface Place {
  readonly world: World;
  readonly parts: Parts;
  /** Whoever has asked a question, and which one. */
  readonly asked: readonly { readonly uid: string; readonly question: string }[];
}

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
  "base64",
);
const PDF = makePdf({ pages: ["BT /F1 24 Tf 72 72 Td (One) Tj ET"] });
const SLIDES = Buffer.from("# One\n\n![A](a.png)");

/** Bytes with which nothing is wrong, of the routes that take some. */
export const UPLOADS: Readonly<Record<string, Buffer>> = {
  "PUT /api/v1/host/decks/{deck}/parts/{number}": SLIDES,
  "PUT /api/v1/host/decks/{deck}/files/{name}": PICTURE,
};

/** One activity of most kinds, by its id. */
export const ACTIVITIES: Readonly<Record<string, object>> = {
  thought: { kind: "text", prompt: "What do you think?", show: "live" },
  cloud: { kind: "words", prompt: "One word", show: "live" },
  poll: {
    kind: "choice",
    prompt: "Which?",
    options: [
      { id: "a", text: "A" },
      { id: "b", text: "B" },
    ],
    correct: ["a"],
    show: "live",
  },
  rating: { kind: "scale", prompt: "How good?", min: 1, max: 5 },
};

/** What a session lets its audience do here: as much as it can. */
export const OPEN_RULES = {
  paused: false,
  reactions: null,
  anyReaction: true,
  questions: "open",
  names: true,
  publicResults: true,
  isClosed: false,
  joinsPerMinute: null,
};

/** One flow is written and deleted, the other one is run. */
const FLOWS = { written: "go-on", run: "hooked" };

/** A session with all that may be in one; over, with a published recap, if it is to be. */
export async function createPlace(revint: Deployment, judge: Judge, isOver = false): Promise<Place> {
  const world = await createWorld(revint, judge, 20);
  const { path, hostToken: token, hostUid: uid } = world;
  const host = (method: string, to: string, json?: object) =>
    revint.request(method, path + to, { token, uid, ...(json && { json }) });
  await host("POST", "/rules", OPEN_RULES);
  await host("POST", "/state", { page: "1.0", state: "{}" });
  for (const [id, definition] of Object.entries(ACTIVITIES)) {
    await host("PUT", `/activities/${id}`, definition);
    await host("POST", `/activities/${id}/status`, { status: "open" });
  }
  const asked = await Promise.all(
    world.users.slice(0, 10).map(async (uid) => {
      const json = { text: `Why, ${uid.slice(0, 12)}?` };
      const as = { token: world.audienceToken, uid };
      const answer = await revint.request("POST", `${path}/user/${uid}/questions`, { ...as, json });
      return { uid, question: (await read(LiveQuestion, answer)).id };
    }),
  );
  const action = { do: "activity", activity: "none", status: "open" };
  const flow = { name: "Go on", on: { event: "http" }, do: [action] };
  await host("PUT", `/flows/${FLOWS.written}`, flow);
  const { hookUrl = "" } = await read(SavedFlow, await host("PUT", `/flows/${FLOWS.run}`, flow));
  const told = await (await host("POST", `/flows/${FLOWS.run}/run`)).text();
  const [, run = "{}"] = /event: run\ndata: (.+)/.exec(told) ?? [];
  const parts = {
    sessionUid: [world.sessionUid],
    code: [world.joinCode],
    page: ["1.0", "2.0"],
    reaction: ["👍", "x"],
    state: ["s"],
    activity: Object.keys(ACTIVITIES),
    question: [world.question, ...asked.map(({ question }) => question)],
    flow: [FLOWS.run],
    "written flow": [FLOWS.written, "another"],
    run: [FlowRun.parse(JSON.parse(run)).id],
    secret: [hookUrl.split("/").at(-1) ?? ""],
  };
  if (!isOver) return { world, parts, asked };
  await host("POST", "/end");
  const status = async (method: string, to: string, json?: object) =>
    read(RecapStatus, await host(method, to, json));
  await status("POST", "/recap");
  let version: string | undefined;
  while (version === undefined) ({ version } = await status("GET", "/recap"));
  await status("POST", "/recap/publish", { published: true });
  return { world: { ...world, recapVersion: version }, parts, asked };
}

/** An account that may do everything, one that may not, and what the first one has. */
export interface Settled {
  readonly cookie: string;
  readonly otherCookie: string;
  readonly email: string;
  /** A way back into it. */
  readonly link: string;
  readonly parts: Parts;
}

export async function settle(revint: Deployment): Promise<Settled> {
  const browser = new HostBrowser(revint);
  const other = new HostBrowser(revint);
  const email = createEmail();
  const { account } = await read(AccountAnswer, await browser.signUp(email));
  const { account: another } = await read(AccountAnswer, await other.signUp(createEmail()));
  await makeAdmin(revint, account.id);
  await new HostBrowser(revint).signIn(email);
  const make = (path: string) => browser.request("POST", path, { json: HOST_BODIES[`POST ${path}`] });
  const { talk, token } = await read(TalkAnswer, await make("talks"));
  const plan = (flow: string) =>
    browser.request("PUT", `talks/${talk.id}/flows/${flow}`, {
      json: HOST_BODIES["PUT talks/{talk}/flows/{flow}"],
    });
  await revint.host(token);
  await plan(FLOWS.written);
  const begin = async (kind: "pdf" | "markdown", content: Uint8Array) => {
    const json = { title: kind, kind, bytes: content.byteLength, ...(kind === "pdf" && { pages: 1 }) };
    return (await read(DeckUpload, await browser.request("POST", "decks", { json }))).deck.id;
  };
  const send = (path: string, content: Uint8Array) =>
    browser.request("PUT", `decks/${path}`, { body: new Uint8Array(content) });
  const finish = async (deck: string, content: Uint8Array) => {
    await send(`${deck}/parts/1`, content);
    await browser.request("POST", `decks/${deck}/done`);
  };
  const pdf = await begin("pdf", PDF);
  await finish(pdf, PDF);
  const slides = await begin("markdown", SLIDES);
  await send(`${slides}/files/a.png`, PICTURE);
  await finish(slides, SLIDES);
  const unfinished = [await begin("markdown", SLIDES), await begin("markdown", SLIDES)];
  for (const deck of unfinished) {
    await send(`${deck}/files/a.png`, PICTURE);
    await send(`${deck}/parts/1`, SLIDES);
  }
  // A browser would have to be asked for one; a key that nobody has will do to be taken away.
  const passkey = `key-of-${account.id}`;
  await revint.changeHosts(
    `INSERT INTO passkeys (id, account, public_key, counter, transports, name, created_at)
     VALUES (?1, ?2, x'00', 0, '[]', 'Key', 1)`,
    passkey,
    account.id,
  );
  // For itself: whoever makes one for the other account makes those of before good for nothing.
  const back = `admin/accounts/${account.id}/recovery`;
  const { url } = await read(OneTimeLink, await browser.request("POST", back));
  const me = await read(Me, await browser.request("GET", "me"));
  return {
    cookie: browser.cookie ?? "",
    otherCookie: other.cookie ?? "",
    email,
    link: /[\w-]{43}$/.exec(url)?.[0] ?? "",
    parts: {
      account: [another.id],
      talk: [talk.id],
      flow: [FLOWS.written],
      "written flow": [FLOWS.written, "another"],
      deck: [pdf, slides, ...unfinished],
      "unfinished deck": unfinished,
      "deck with a picture": [slides],
      "deck of pages": [pdf],
      browser: me.signedIn.filter(({ isThis }) => !isThis).map(({ id }) => id),
      number: ["1"],
      name: ["a.png"],
      passkey: [passkey],
    },
  };
}
