import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { BenchHost, createPdf } from "./bench-host.ts";
import { pause } from "./clock.ts";
import type { Counted } from "./cost-count.ts";
import { readOperations, startCounted } from "./counted-revint.ts";
import { combine, type Operations } from "./operations.ts";
import { headersOf, type Revint, readOk, sendAll } from "./revint.ts";
import type { Stage } from "./stage.ts";

/** What goes on after an answer is done by then. */
const SETTLE_MS = 1000;
/** A talk of somebody who has given some already. */
const EARLIER_TALKS = 60;
/** Three parts. */
const PDF_BYTES = 20_000_000;
const MARKDOWN = "# A talk\n\n![A cat](https://example.org/cat.png)\n\nNote: mine alone\n\n---\n\n## The end";
/** Of PDFs, pages are read as they are shown; of each, some pieces. */
const RANGES = 10;
const RANGE_BYTES = 65_536;

/** What hosts do, as a bill names it. */
export const ACTS = {
  signUp: "sign up",
  signIn: "sign in with a password",
  console: "open the console",
  consoleAgain: "… again within a minute",
  decks: "look at one's decks",
  make: "make a talk",
  token: "press Present or Stage: its token",
  open: "open its session",
  reopen: "… again, such as by reloading the deck",
  end: "end it, its history kept",
  uploadPdf: "upload a PDF of 20 MB",
  showPdf: `show it: ${RANGES} ranges`,
  uploadMarkdown: "upload Markdown",
  showMarkdown: "show it",
  deleteDeck: "delete a deck",
  deleteTalk: "delete a talk with its session",
} as const;
export type Act = keyof typeof ACTS;

export interface CountedAct extends Counted {
  readonly act: Act;
}

/** Counts what each thing asks of D1, KV, R2 and objects, one after the other. */
export async function countHostCosts(
  stage: Stage,
  progress: (text: string) => void,
): Promise<readonly CountedAct[]> {
  const revint = await startCounted(stage);
  try {
    return await countActs(revint, progress);
  } finally {
    await revint.close();
  }
}

async function countActs(revint: Revint, progress: (text: string) => void): Promise<CountedAct[]> {
  const counted: CountedAct[] = [];
  const count = async <T>(act: Act, requests: number, run: () => Promise<T>): Promise<T> => {
    progress(`counting operations: ${ACTS[act]}`);
    const before = await readOperations(revint);
    const result = await run();
    await pause(SETTLE_MS);
    const operations: Operations = {
      ...combine([await readOperations(revint), 1], [before, -1]),
      workerRequests: requests,
    };
    counted.push({ act, name: ACTS[act], times: 1, operations });
    return result;
  };
  const read = async (host: BenchHost, paths: readonly string[]) => {
    for (const path of paths) await (await host.send("GET", path)).arrayBuffer();
  };

  // Whoever has changed nothing for a minute: the console reads what it has read before from KV.
  const quiet = await BenchHost.insert(revint, EARLIER_TALKS);
  const page = ["host/me", "host/talks"];
  await count("console", page.length, () => read(quiet, page));
  await count("consoleAgain", page.length, () => read(quiet, page));
  await count("decks", 1, () => read(quiet, ["host/decks"]));

  const host = await count("signUp", 1, () => BenchHost.signUp(revint));
  await count("signIn", 1, () => host.signIn());
  const pdf = createPdf(PDF_BYTES);
  const deck = await count("uploadPdf", 5, () => host.upload("pdf", pdf));
  await count("showPdf", 1 + RANGES, async () => {
    await read(host, [`decks/${deck}`]);
    for (let range = 0; range < RANGES; range++) {
      await host.readRange(`decks/${deck}/file`, range * RANGE_BYTES, RANGE_BYTES);
    }
  });
  const text = new TextEncoder().encode(MARKDOWN);
  const slides = await count("uploadMarkdown", 3, () => host.upload("markdown", text));
  await count("showMarkdown", 1, () => read(host, [`decks/${slides}`]));

  const made = await count("make", 1, () => host.createTalk("A talk", deck));
  const { talk } = made;
  const { token } = await count("token", 1, () => host.openTalk(talk.id));
  const session = await count("open", 1, () => revint.open(token));
  await count("reopen", 1, () => revint.open(token));
  const path = `/api/v1/session/${session.sessionUid}/end`;
  await count("end", 1, async () => {
    const [ended] = await sendAll(revint.port, [{ method: "POST", path, headers: headersOf(session.host) }]);
    SessionTotals.parse(readOk(ended));
  });
  await count("deleteTalk", 1, () => host.send("DELETE", `host/talks/${talk.id}`));
  await count("deleteDeck", 1, () => host.send("DELETE", `host/decks/${deck}`));
  return counted;
}
