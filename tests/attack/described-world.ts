import { FlowRun, SavedFlow } from "../../shared/protocol/flow.schema.ts";
import { AccountAnswer, Me } from "../../shared/protocol/host/account.schema.ts";
import { DeckUpload } from "../../shared/protocol/host/deck.schema.ts";
import { TalkAnswer } from "../../shared/protocol/host/talk.schema.ts";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { type Deployment, read } from "../deployment.ts";
import { createEmail, HostBrowser, makeAdmin } from "../host-browser.ts";
import { makePdf } from "../made-pdf.ts";
import type { HOST_BODIES } from "./host-routes.ts";
import type { Judge } from "./judge.ts";
import { createWorld, type World } from "./world.ts";

/* Something of every kind that the API tells of: so that each route has a good answer to give. */

/** What stands in the paths of requests to one session. */
export interface Place {
  readonly world: World;
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

const FLOW = "go-on";
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
  "base64",
);
const PDF = makePdf({ pages: ["BT /F1 24 Tf 72 72 Td (One) Tj ET"] });

const ACTIVITIES: Readonly<Record<string, object>> = {
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

/** A session with all that may be in one; over, with a published recap, if it is to be. */
export async function createPlace(revint: Deployment, judge: Judge, isOver = false): Promise<Place> {
  const world = await createWorld(revint, judge, 30);
  const { path, hostToken: token, hostUid: uid } = world;
  const host = (method: string, to: string, json?: object) =>
    revint.request(method, path + to, { token, uid, ...(json && { json }) });
  await host("POST", "/rules", { publicResults: true, questions: "open" });
  await host("POST", "/state", { page: "1.0", state: "{}" });
  for (const [id, definition] of Object.entries(ACTIVITIES)) {
    await host("PUT", `/activities/${id}`, definition);
    await host("POST", `/activities/${id}/status`, { status: "open" });
  }
  const action = { do: "activity", activity: "none", status: "open" };
  const flow = { name: "Go on", on: { event: "http" }, do: [action] };
  const { hookUrl = "" } = await read(SavedFlow, await host("PUT", `/flows/${FLOW}`, flow));
  const told = await (await host("POST", `/flows/${FLOW}/run`)).text();
  const [, run = "{}"] = /event: run\ndata: (.+)/.exec(told) ?? [];
  const parts = {
    sessionUid: [world.sessionUid],
    code: [world.joinCode],
    page: ["1.0", "2.0"],
    reaction: ["👍", "x"],
    state: ["s"],
    activity: Object.keys(ACTIVITIES),
    question: [world.question],
    flow: [FLOW],
    run: [FlowRun.parse(JSON.parse(run)).id],
    secret: [hookUrl.split("/").at(-1) ?? ""],
  };
  if (!isOver) return { world, parts };
  await host("POST", "/end");
  const status = async (method: string, to: string, json?: object) =>
    read(RecapStatus, await host(method, to, json));
  await status("POST", "/recap");
  let version: string | undefined;
  while (version === undefined) ({ version } = await status("GET", "/recap"));
  await status("POST", "/recap/publish", { published: true });
  return { world: { ...world, recapVersion: version }, parts };
}

/** An account that may do everything, and what it has. */
export interface Settled {
  readonly cookie: string;
  readonly email: string;
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

export async function settle(revint: Deployment, bodies: typeof HOST_BODIES): Promise<Settled> {
  const browser = new HostBrowser(revint);
  const email = createEmail();
  const { account } = await read(AccountAnswer, await browser.signUp(email));
  await makeAdmin(revint, account.id);
  const make = (path: string) => browser.request("POST", path, { json: bodies[`POST ${path}`] });
  const { talk, token } = await read(TalkAnswer, await make("talks"));
  await revint.host(token);
  const flow = `talks/${talk.id}/flows/${FLOW}`;
  await browser.request("PUT", flow, { json: bodies["PUT talks/{talk}/flows/{flow}"] });
  const upload = async (kind: "pdf" | "markdown", content: Uint8Array<ArrayBuffer>, isReady: boolean) => {
    const json = { title: kind, kind, bytes: content.byteLength, ...(kind === "pdf" && { pages: 1 }) };
    const { deck } = await read(DeckUpload, await browser.request("POST", "decks", { json }));
    if (kind === "markdown")
      await browser.request("PUT", `decks/${deck.id}/files/a.png`, { body: new Uint8Array(PICTURE) });
    if (!isReady) return deck.id;
    await browser.request("PUT", `decks/${deck.id}/parts/1`, { body: content });
    await browser.request("POST", `decks/${deck.id}/done`);
    return deck.id;
  };
  const markdown = new TextEncoder().encode("# One\n\n![A](a.png)");
  const decks = [
    await upload("pdf", new Uint8Array(PDF), true),
    await upload("markdown", markdown, true),
    await upload("markdown", markdown, false),
  ];
  const me = await read(Me, await browser.request("GET", "me"));
  const another = await read(AccountAnswer, await new HostBrowser(revint).signUp(createEmail()));
  return {
    cookie: browser.cookie ?? "",
    email,
    parts: {
      account: [account.id, another.account.id],
      talk: [talk.id],
      flow: [FLOW],
      deck: decks,
      browser: me.signedIn.map(({ id }) => id),
      number: ["1"],
      name: ["a.png"],
      passkey: ["a"],
    },
  };
}
