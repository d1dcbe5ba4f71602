import type { Context } from "hono";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { ProblemError } from "../lib/problem-error.ts";
import type { Seat } from "../lib/session.ts";
import type { RequestEnv } from "./request-env.ts";

/** So many are asked for together at most. */
const MOST = 100;
/** One request asks so often for others at most: its calls are counted. */
const MOST_CALLS = 20;
/** Whoever asks for others may be gone: who has heard nothing for so long goes on without. In milliseconds. */
const PATIENCE_MS = 10_000;

type Answer = Seat | Refusal | { readonly error: unknown };

interface Waiting {
  /** Who comes back says who they were. */
  readonly known: string | null;
  /** `undefined`: nobody asks for them any more. */
  readonly hear: (answer: Answer | undefined) => void;
}

/** Who waits for a seat, by session; where somebody does, one of their requests asks the session's root for all of them. */
const waiting = new Map<string, Waiting[]>();

/**
 * A seat in the session in the path. A room full of people comes at once: who comes while the root is being asked is asked
 * for together with all others that have come meanwhile, and who comes alone waits for nobody.
 * @returns the name that somebody has from now on: the same again, or a new one
 * @throws the root's refusal
 */
export async function takeSeat(c: Context<RequestEnv>, known: string | null): Promise<string> {
  for (;;) {
    const answer = await waitFor(c, known);
    if (!answer) continue;
    if ("error" in answer) throw answer.error;
    if ("code" in answer) throw ProblemError.from(answer);
    return answer.participant;
  }
}

function waitFor(c: Context<RequestEnv>, known: string | null): Promise<Answer | undefined> {
  const { hash } = c.get("session");
  const others = waiting.get(hash);
  const queue = others ?? [];
  const heard = new Promise<Answer | undefined>((resolve) => {
    const patience = setTimeout(() => {
      leave(hash, queue, entry);
      resolve(undefined);
    }, PATIENCE_MS);
    const hear = (answer: Answer | undefined) => {
      clearTimeout(patience);
      resolve(answer);
    };
    const entry = { known, hear };
    queue.push(entry);
  });
  if (!others) {
    waiting.set(hash, queue);
    // Should whoever asks leave, the others hear it all the same.
    c.executionCtx.waitUntil(askForAll(c, hash, queue));
  }
  return heard;
}

/** Until nobody waits; or else somebody else goes on. */
async function askForAll(c: Context<RequestEnv>, session: string, queue: Waiting[]): Promise<void> {
  for (let calls = 0; queue.length > 0 && calls < MOST_CALLS; calls++) {
    const together = queue.splice(0, MOST);
    const answers = await ask(c, session, together);
    for (const [index, { hear }] of together.entries()) hear(answers[index]);
  }
  if (waiting.get(session) === queue) waiting.delete(session);
  for (const { hear } of queue.splice(0)) hear(undefined);
}

async function ask(
  c: Context<RequestEnv>,
  session: string,
  together: readonly Waiting[],
): Promise<readonly Answer[]> {
  try {
    return await c.get("stores").join(
      session,
      together.map(({ known }) => known),
    );
  } catch (error) {
    return together.map(() => ({ error }));
  }
}

/** Whoever asked has been silent for too long: nobody relies on it any more. */
function leave(session: string, queue: Waiting[], entry: Waiting): void {
  const place = queue.indexOf(entry);
  if (place >= 0) queue.splice(place, 1);
  if (waiting.get(session) === queue) waiting.delete(session);
}
