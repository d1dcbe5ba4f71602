import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { trimTrailingSlash } from "hono/trailing-slash";
import { measure } from "../lib/measure.ts";
import { onError, onMethodNotAllowed, onNotFound } from "../lib/on-error.ts";
import { requireOwnOrigin } from "./account.ts";
import { ApiRouter } from "./api-router.ts";
import { drainBody } from "./drain.ts";
import { hintFlows } from "./flow-hint.ts";
import { allowOrigins, answerHeaders, nameRequest } from "./headers.ts";
import { configure, type RequestEnv } from "./request-env.ts";
import { activities } from "./routes/activity.ts";
import { deck } from "./routes/deck.ts";
import { flows } from "./routes/flows.ts";
import { healthz } from "./routes/health.ts";
import { hook } from "./routes/hook.ts";
import { accounts } from "./routes/host/accounts.ts";
import { admin } from "./routes/host/admin.ts";
import { decks } from "./routes/host/decks.ts";
import { entrance } from "./routes/host/entrance.ts";
import { passkeys } from "./routes/host/passkeys.ts";
import { talkFlows } from "./routes/host/talk-flows.ts";
import { talks } from "./routes/host/talks.ts";
import { join, shortAddress } from "./routes/join.ts";
import { moderation } from "./routes/moderation.ts";
import { names } from "./routes/name.ts";
import { overlays } from "./routes/overlay.ts";
import { events, pipe } from "./routes/pipe.ts";
import { questions } from "./routes/question.ts";
import { reaction } from "./routes/reaction.ts";
import { recap } from "./routes/recap.ts";
import { recapPage } from "./routes/recap-page.ts";
import { results } from "./routes/results.ts";
import { session } from "./routes/session.ts";
import { state } from "./routes/state.ts";
import { scheduled } from "./scheduled.ts";

/** The public API: who may do what. What happens then is the stores' business. */
const app = new Hono<RequestEnv>({ router: new ApiRouter() });
app
  .use(measure("api"))
  .use(nameRequest)
  .use(answerHeaders)
  .use(drainBody)
  // Accounts, and decks brought along, are for pages of our own: refused before anything allows another origin.
  .use("/api/v1/host/*", requireOwnOrigin)
  .use("/api/v1/decks/*", requireOwnOrigin)
  .use("/api/*", allowOrigins)
  .use("/api/v1/*", configure)
  .use("/ws/v1/*", configure)
  // What a flow may wait for: whoever runs flows hears that there is something new.
  .use("/api/v1/session/*", hintFlows)
  .use("/ws/v1/session/*", hintFlows)

  // Start, find, join, send everybody out: POST /new, GET / and /:sessionUid, POST /:sessionUid/login and revoke
  .route("/api/v1/session", session)
  // Where a join code leads
  .route("/api/v1/join", join)
  // Where the deck is: POST and GET /:sessionUid/state
  .route("/api/v1/session", state)
  // React and count: POST /:sessionUid/user/:uid/react, GET /:sessionUid/reactions
  .route("/api/v1/session", reaction)
  // Ask and answer: /:sessionUid/activities, PUT /:sessionUid/user/:uid/answers/:activity
  .route("/api/v1/session", activities)
  // What the audience asks: /:sessionUid/questions, /:sessionUid/user/:uid/questions
  .route("/api/v1/session", questions)
  // A name for the ranking: PUT /:sessionUid/user/:uid/name
  .route("/api/v1/session", names)
  // Drive, moderate and invite: /:sessionUid/driver, rules, user/:uid/block, hosts
  .route("/api/v1/session", moderation)
  // Pages in a stream: /:sessionUid/overlays
  .route("/api/v1/session", overlays)
  // Afterwards: /:sessionUid/timeline, reactions/export, end; forgetting
  .route("/api/v1/session", results)
  // The page after the talk, for those who make and read it by a program: /:sessionUid/recap
  .route("/api/v1/session", recap)
  // When this happens, do that: /:sessionUid/flows; and what sets one off from elsewhere
  .route("/api/v1/session", flows)
  .route("/api/v1/hook", hook)
  // Live: GET /:sessionUid/events, and the sockets
  .route("/api/v1/session", events)
  .route("/ws/v1/session", pipe)

  // Accounts: sign-up, sign-in, sign-out, recover, links; me; passkeys; admin
  .route("/api/v1/host", entrance)
  .route("/api/v1/host", accounts)
  .route("/api/v1/host", passkeys)
  .route("/api/v1/host", admin)
  // What they plan and have given: talks, their tokens, activities and flows
  .route("/api/v1/host", talks)
  .route("/api/v1/host", talkFlows)
  // What they bring along: decks, uploaded in parts; and what everybody reads of them
  .route("/api/v1/host", decks)
  .route("/api/v1/decks", deck)
  // Its page is one file for all of them: which one it shows, it reads from its address
  .use("/deck/*", trimTrailingSlash())
  .get("/deck/:deck", (c) => c.env.ASSETS.fetch(new URL("/deck", c.req.url)))
  // The page after the talk itself, once it is published
  .route("/recap", recapPage)
  // For monitors: whether everything answers
  .route("/healthz", healthz)
  // What people type: /482913, /j/482913
  .route("/", shortAddress);

app.onError(onError);
// Only here, and not around every request: looking for other methods is for paths that led nowhere.
const allowMethods = methodNotAllowed({ app, onMethodNotAllowed });
app.notFound(async (c) => {
  c.res = onNotFound(c);
  await allowMethods(c, async () => {});
  return c.res;
});

export default Object.assign(app, { scheduled });
