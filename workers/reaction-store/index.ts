import { Hono } from "hono";
import { requestId } from "hono/request-id";
import * as z from "zod";
import { RoomName } from "../../shared/identity.ts";
import { Batch, BatchAnswer, Epoch, LedgerPage, LedgerQuery, LedgerTotals } from "../../shared/ledger.ts";
import { onError, onNotFound } from "../../shared/problem.ts";
import { validate } from "../../shared/validate.ts";

export { ReactionLedger } from "./reaction-ledger.ts";

const ledger = validate("param", z.object({ ledger: RoomName }));

/** Every reaction, and the totals. A ledger is named like its room: `{session}.{room}`. */
const app = new Hono<{ Bindings: ReactionStoreEnv }>()
  .use(requestId())

  // Keep: one batch of one room
  .post("/ledger/:ledger/batches", ledger, validate("json", Batch), async (c) => {
    const stub = c.env.REACTION_LEDGER.getByName(c.req.valid("param").ledger);
    return c.json(BatchAnswer.parse(await stub.append(c.req.valid("json"))), 200);
  })
  // Restart: everything before this epoch goes
  .put("/ledger/:ledger/epoch", ledger, validate("json", z.object({ epoch: Epoch })), async (c) => {
    const stub = c.env.REACTION_LEDGER.getByName(c.req.valid("param").ledger);
    return c.json(LedgerTotals.parse(await stub.begin(c.req.valid("json").epoch)), 200);
  })

  // Read
  .get("/ledger/:ledger/totals", ledger, async (c) => {
    const stub = c.env.REACTION_LEDGER.getByName(c.req.valid("param").ledger);
    return c.json(LedgerTotals.parse(await stub.totals()), 200);
  })
  .get("/ledger/:ledger/reactions", ledger, validate("query", LedgerQuery), async (c) => {
    const stub = c.env.REACTION_LEDGER.getByName(c.req.valid("param").ledger);
    return c.json(LedgerPage.parse(await stub.list(c.req.valid("query"))), 200);
  })

  // Forget
  .delete("/ledger/:ledger", ledger, async (c) => {
    await c.env.REACTION_LEDGER.getByName(c.req.valid("param").ledger).erase();
    return c.json({ success: true as const }, 200);
  });

app.onError(onError);
app.notFound(onNotFound);

export type ReactionStore = typeof app;
export default app;
