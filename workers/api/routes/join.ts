import { type Context, Hono } from "hono";
import * as z from "zod";
import { JoinCode } from "../../../shared/protocol/join-code.schema.ts";
import { findJoinCode, type JoinAnswer } from "../../../shared/protocol/join-code.ts";
import { readSessionUid } from "../../../shared/protocol/session-uid.ts";
import { logFailure } from "../../lib/log-failure.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { validate } from "../../lib/validate.ts";
import { lookUpJoinCode } from "../join-look-up.ts";
import { PERIOD_SECONDS } from "../rate-limit.ts";
import { configure, type RequestEnv } from "../request-env.ts";
import { sendPage } from "../send-page.ts";

/** `GET /api/v1/join/{code}`: the session that a join code leads to. */
export const join = new Hono<RequestEnv>().get(
  "/:code",
  validate("param", z.object({ code: JoinCode })),
  async (c) => {
    const sessionUid = await lookUpJoinCode(c, c.req.valid("param").code);
    if (sessionUid === undefined)
      throw new ProblemError("session_not_found", "this join code leads to no session, or not any more");
    return c.json({ sessionUid } satisfies JoinAnswer, 200);
  },
);

/** Why somebody is asked for a code again; the page has the words. */
type Trouble = "wrong" | "tooMany" | "failed";
const STATUS = { wrong: 404, tooMany: 429, failed: 503 } as const;
const RETRY_SECONDS = { wrong: undefined, tooMany: PERIOD_SECONDS, failed: 5 } as const;

/**
 * `/482913` and `/j/482913`, and `/j?code=…` for a form without a script: they lead to the phone's page. Where a code leads
 * nowhere, that page asks for another one.
 */
export const shortAddress = new Hono<RequestEnv>()
  .get("/j", (c) => lead(c, c.req.query("code") ?? ""))
  .get("/j/:code{.*}", (c) => lead(c, c.req.param("code")))
  .get("/:code{[1-9].*}", (c) => {
    const { code } = c.req.param();
    return findJoinCode(code) === undefined ? c.env.ASSETS.fetch(c.req.raw) : lead(c, code);
  });

async function lead(c: Context<RequestEnv>, text: string): Promise<Response> {
  if (text.trim() === "") return c.redirect("/join", 302);
  // Whoever pastes a link into the field means what it says.
  const pasted = readSessionUid(text);
  if (pasted !== undefined) return goTo(c, pasted);
  const code = findJoinCode(text);
  if (code === undefined) return askAgain(c, "wrong");
  try {
    await configure(c, async () => {});
    const sessionUid = await lookUpJoinCode(c, code);
    return sessionUid === undefined ? await askAgain(c, "wrong") : goTo(c, sessionUid);
  } catch (error) {
    if (error instanceof ProblemError && error.code === "rate_limited") return askAgain(c, "tooMany");
    logFailure("a join code was not looked up", error);
    return askAgain(c, "failed");
  }
}

/** A path of ours, whatever the session's host has given for an address. It is not kept: a code leads elsewhere some day. */
function goTo(c: Context<RequestEnv>, sessionUid: string): Response {
  c.header("Cache-Control", "no-store");
  c.header("Referrer-Policy", "no-referrer");
  c.header("Strict-Transport-Security", "max-age=15552000");
  return c.redirect(`/join?${new URLSearchParams({ session: sessionUid })}`, 302);
}

/** The phone's page, which says what is wrong, and has the field to try again: the code may be given by then. */
async function askAgain(c: Context<RequestEnv>, trouble: Trouble): Promise<Response> {
  const wait = RETRY_SECONDS[trouble];
  const page = await sendPage(c, "/join", STATUS[trouble], {
    "Cache-Control": "no-store",
    ...(wait !== undefined && { "Retry-After": `${wait}` }),
  });
  // It grows.
  page.headers.delete("Content-Length");
  const rewriter = new HTMLRewriter().on("#app", {
    element: (app) => void app.setAttribute("data-trouble", trouble),
  });
  return rewriter.transform(page);
}
