import { type Context, Hono, type Next } from "hono";
import { requestId } from "hono/request-id";
import { health, NO_KEY } from "../lib/health.ts";
import { measure } from "../lib/measure.ts";
import { onError, onNotFound } from "../lib/on-error.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { accounts } from "./account/routes.ts";
import { decks } from "./deck/routes.ts";
import { records } from "./record/routes.ts";
import { talks } from "./talk/routes.ts";

/** Hosts: their accounts, talks and decks, and who hosted what. Never read on the hot path. */
const app = new Hono<{ Bindings: HostStoreEnv }>()
  .use(measure("host-store"))
  .use(requestId())
  .use(requireDatabase)
  .route(
    "/",
    health<HostStoreEnv>(({ HOST_DB, HOST_KV, DECKS }) =>
      Promise.all([
        HOST_DB.prepare("SELECT 1 FROM accounts LIMIT 1").first(),
        HOST_KV.get(NO_KEY),
        DECKS.head(NO_KEY),
      ]),
    ),
  )
  .route("/", records)
  .route("/", accounts)
  .route("/", talks)
  .route("/", decks);

/** Sessions need none of this: a runtime without a database, such as the benchmark's, is one without accounts. */
async function requireDatabase({ env }: Context<{ Bindings: Partial<HostStoreEnv> }>, next: Next) {
  if (!env.HOST_DB)
    throw new ProblemError("not_configured", "host-store has no database: HOST_DB is not bound");
  await next();
}

/** The database is there, but nobody has made its tables yet. */
const hasNoTables = (error: Error): boolean => /no such table/.test(error.message);

app.onError((error, c) => {
  const problem = hasNoTables(error)
    ? new ProblemError("not_configured", "host-store's tables are not there yet: `npm run deploy` makes them")
    : error;
  return onError(problem, c);
});
app.notFound(onNotFound);

export type HostStore = typeof app;
export default app;
