import { Done } from "../../shared/protocol/session.schema.ts";
import { FlowLook } from "../lib/flow-look.ts";
import { Left } from "../lib/left.ts";
import { logFailure } from "../lib/log-failure.ts";
import { writePoint } from "../lib/metrics.ts";
import { toProblem } from "../lib/on-error.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { openDueTalks } from "./due-talks.ts";
import { eraseVanishing } from "./erase-talks.ts";
import { keepInTime, lookAtTalks } from "./history.ts";
import { getKeyring } from "./keyring.ts";
import { Stores } from "./stores.ts";
import { tellUntold } from "./talk-session.ts";

/**
 * What the clock does, a few of each kind: a turn that all of them fill calls 32 Workers, as many as one may. So each
 * comes to its part, whatever there is of the others. An account that holds little goes in one turn.
 */
const JOBS = {
  "what deleted accounts hold": async ({ hosts }: Stores) => {
    await readAnswer(Done, await hosts["vanishing-accounts"].marks.$post());
  },
  "talks that were deleted": eraseVanishing,
  "decks that were given up": async ({ hosts }: Stores) => {
    await readAnswer(Left, await hosts.decks.sweep.$post());
  },
  "accounts that were deleted": async ({ hosts }: Stores) => {
    await readAnswer(Done, await hosts["vanishing-accounts"].sweep.$post());
  },
  "tokens that were replaced": tellUntold,
  "talks that run": lookAtTalks,
};

/**
 * What it does each minute, in a turn of its own: where nothing is due, a call for each kind that does nothing; else 31
 * Workers at most. What flows have ended is kept as what a host has.
 */
const EACH_MINUTE = {
  "talks that are to open": async (stores: Stores, env: ApiEnv) =>
    openDueTalks(stores, await getKeyring(env)),
  "flows that nothing has woken": async (stores: Stores) => {
    const { ended } = await readAnswer(FlowLook, await stores.automations.looks.$post());
    for (const session of ended) await keepInTime(stores, session);
  },
};

/** As wrangler.api.toml has it. */
const MINUTE_CRON = "* * * * *";

/** The clock: looks after what nobody asks for. One job that fails holds up no other, and is tried again. */
export async function scheduled({ cron }: ScheduledController, env: ApiEnv): Promise<void> {
  const stores = new Stores(env, crypto.randomUUID());
  const jobs = cron === MINUTE_CRON ? EACH_MINUTE : JOBS;
  for (const [job, work] of Object.entries(jobs)) {
    const start = Date.now();
    let code = "";
    await work(stores, env).catch((error: unknown) => {
      logFailure("the clock did not get through a job", error, { job });
      code = toProblem(error).code;
    });
    writePoint(env, { worker: "api", event: "job", route: job, code, ms: Date.now() - start });
  }
}
