import { Hono } from "hono";
import {
  AccountAnswer,
  LinkAnswer,
  LinkQuery,
  Recover,
  SignIn,
  SignOut,
  SignUp,
} from "../../../../shared/protocol/host/account.schema.ts";
import type { SignUpAnswer } from "../../../../shared/protocol/host/account.ts";
import { Done } from "../../../../shared/protocol/session.schema.ts";
import { hashSecret } from "../../../lib/random.ts";
import { readAnswer } from "../../../lib/read-answer.ts";
import { createEntrant, forgetCookie, readTokenHash, setAccountCookie } from "../../account-cookie.ts";
import { readBody } from "../../body.ts";
import { limitAddress } from "../../rate-limit.ts";
import type { RequestEnv } from "../../request-env.ts";
import { readSignUpMode } from "../../sign-up-mode.ts";
import { readVisitor } from "../../visitor.ts";

/** Signing up, in and out, and by a link. */
export const entrance = new Hono<RequestEnv>()
  .get("/sign-up", (c) => c.json({ signUp: readSignUpMode(c.env) } satisfies SignUpAnswer, 200))
  .post("/sign-up", readBody(SignUp), async (c) => {
    await limitAddress(c, "sign-up");
    const { entrant, secret } = await createEntrant(c);
    const json = { signUp: c.req.valid("json"), mode: readSignUpMode(c.env), entrant };
    const answer = await readAnswer(AccountAnswer, await c.get("stores").hosts.accounts.$post({ json }));
    setAccountCookie(c, secret);
    return c.json(answer, 201);
  })
  .post("/sign-in", readBody(SignIn), async (c) => {
    const signIn = c.req.valid("json");
    await limitAddress(c, signIn.passkey ? "passkey" : "password");
    const { entrant, secret } = await createEntrant(c);
    const signIns = c.get("stores").hosts["sign-ins"];
    const answer = await readAnswer(AccountAnswer, await signIns.$post({ json: { signIn, entrant } }));
    setAccountCookie(c, secret);
    return c.json(answer, 200);
  })
  // Whoever is not signed in is signed out already.
  .post("/sign-out", readBody(SignOut), async (c) => {
    const tokenHash = await readTokenHash(c);
    if (tokenHash !== undefined) {
      const json = { tokenHash, visitor: readVisitor(c), signOut: c.req.valid("json") };
      await readAnswer(Done, await c.get("stores").hosts["sign-outs"].$post({ json }));
    }
    forgetCookie(c);
    return c.body(null, 204);
  })
  .post("/links", readBody(LinkQuery), async (c) => {
    await limitAddress(c, "link");
    const link = c.get("stores").hosts.links[":secretHash"];
    const param = { secretHash: await hashSecret(c.req.valid("json").link) };
    return c.json(await readAnswer(LinkAnswer, await link.$get({ param })), 200);
  })
  .post("/recover", readBody(Recover), async (c) => {
    await limitAddress(c, "link");
    const { entrant, secret } = await createEntrant(c);
    const { recoveries } = c.get("stores").hosts;
    const json = { recover: c.req.valid("json"), entrant };
    const answer = await readAnswer(AccountAnswer, await recoveries.$post({ json }));
    setAccountCookie(c, secret);
    return c.json(answer, 200);
  });
