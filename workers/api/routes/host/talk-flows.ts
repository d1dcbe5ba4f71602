import type { Context } from "hono";
import { Hono } from "hono";
import * as z from "zod";
import { FlowId, Flows } from "../../../../shared/protocol/flow.schema.ts";
import { HostId } from "../../../../shared/protocol/host/account.schema.ts";
import { Done } from "../../../../shared/protocol/session.schema.ts";
import { FlowCopies, KeptFlow, KeptFlows } from "../../../lib/flow-copy.ts";
import { TalkWithToken } from "../../../lib/host-talk.ts";
import { readAnswer } from "../../../lib/read-answer.ts";
import { hashTalk } from "../../../lib/talk-hash.ts";
import { validate } from "../../../lib/validate.ts";
import { requireAccount } from "../../account.ts";
import { parseFlow, parseFlows, readFlow, readFlows, withHook } from "../../flow-body.ts";
import type { RequestEnv } from "../../request-env.ts";

const talk = validate("param", z.object({ talk: HostId }));
const flow = validate("param", z.object({ talk: HostId, flow: FlowId }));

/** Flows that are saved with a host's talk: its session begins with them. */
export const talkFlows = new Hono<RequestEnv>()
  .get("/talks/:talk/flows", requireAccount, talk, async (c) => {
    const { flows } = ownTalk(c);
    return c.json(
      await readAnswer(Flows, await flows.$get({ param: ownParam(c, c.req.valid("param")) })),
      200,
    );
  })
  // What the deployment can't do is refused here, and not when the talk begins.
  .post("/talks/:talk/flows", requireAccount, talk, readFlows(), async (c) => {
    const json = parseFlows(c.req.valid("json"));
    await readAnswer(Done, await c.get("stores").automations.checks.all.$post({ json }));
    const { talk } = c.req.valid("param");
    const answer = await ownTalk(c).flows.$post({ param: ownParam(c, { talk }), json });
    const { flows } = await readAnswer(KeptFlows, answer);
    const sessionUid = await nameSession(c, talk);
    return c.json({ flows: flows.map((kept) => withHook(kept, sessionUid, c.req.url)) }, 200);
  })
  .put("/talks/:talk/flows/:flow", requireAccount, flow, readFlow(), async (c) => {
    const { talk, flow } = c.req.valid("param");
    const json = parseFlow(c.req.valid("json"));
    await readAnswer(Done, await c.get("stores").automations.checks.$post({ json }));
    const param = { ...ownParam(c, { talk }), flow };
    const kept = await readAnswer(KeptFlow, await ownTalk(c).flows[":flow"].$put({ param, json }));
    const sessionUid = await nameSession(c, talk);
    return c.json(withHook(kept, sessionUid, c.req.url), 200);
  })
  .delete("/talks/:talk/flows/:flow", requireAccount, flow, async (c) => {
    const { talk, flow } = c.req.valid("param");
    const param = { ...ownParam(c, { talk }), flow };
    await readAnswer(Done, await ownTalk(c).flows[":flow"].$delete({ param }));
    return c.body(null, 204);
  })
  // What its session does by itself now, kept for the next time: hooks and receivers go on with what they know.
  .post("/talks/:talk/flows/from-session", requireAccount, talk, async (c) => {
    const param = ownParam(c, c.req.valid("param"));
    const { session } = (await readAnswer(TalkWithToken, await ownTalk(c).$get({ param }))).talk;
    const { copies } = c.get("stores").automations.session[":session"];
    const json = await readAnswer(FlowCopies, await copies.$get({ param: { session } }));
    return c.json(await readAnswer(Flows, await ownTalk(c)["flow-copies"].$post({ param, json })), 200);
  });

const ownTalk = (c: Context<RequestEnv>) => c.get("stores").hosts.accounts[":account"].talks[":talk"];

/** What the talk's session is called in public, from the talk's beginning. */
const nameSession = async (c: Context<RequestEnv>, talk: string): Promise<string> =>
  c.get("keyring").nameSession(await hashTalk(talk));

const ownParam = (c: Context<RequestEnv>, { talk }: { talk: string }) => ({
  account: c.get("account").account,
  talk,
});
