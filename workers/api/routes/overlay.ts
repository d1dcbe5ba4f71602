import { Hono } from "hono";
import * as z from "zod";
import { Participant } from "../../../shared/protocol/identity.schema.ts";
import { NewOverlay, Overlay, Overlays } from "../../../shared/protocol/overlay.schema.ts";
import type { OverlayAnswer } from "../../../shared/protocol/overlay.ts";
import { Done } from "../../../shared/protocol/session.schema.ts";
import type { LoginAnswer } from "../../../shared/protocol/session.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { validate } from "../../lib/validate.ts";
import { requireActor, requireOverlayKey, requireSession } from "../auth.ts";
import { readBody } from "../body.ts";
import type { RequestEnv } from "../request-env.ts";

const overlay = validate("param", z.object({ uid: Participant }));

/** Overlays in streams: their keys, made and revoked by the host, and what they come in with. */
export const overlays = new Hono<RequestEnv>()
  .post("/:sessionUid/overlays", requireSession, requireActor(), readBody(NewOverlay), async (c) => {
    const { hash } = c.get("session");
    const { overlays } = c.get("stores").sessions.session[":session"];
    const json = c.req.valid("json");
    const answer = await overlays.$post({ param: { session: hash }, query: c.get("actor"), json });
    const made = await readAnswer(Overlay, answer);
    const key = await c.get("keyring").createOverlayKey(hash, made.participant);
    return c.json({ ...made, key } satisfies OverlayAnswer, 201);
  })
  .get("/:sessionUid/overlays", requireSession, requireActor(), async (c) => {
    const { overlays } = c.get("stores").sessions.session[":session"];
    const answer = await overlays.$get({ param: { session: c.get("session").hash }, query: c.get("actor") });
    return c.json(await readAnswer(Overlays, answer), 200);
  })
  .delete("/:sessionUid/overlays/:uid", requireSession, requireActor(), overlay, async (c) => {
    const one = c.get("stores").sessions.session[":session"].overlays[":participant"];
    const param = { session: c.get("session").hash, participant: c.req.valid("param").uid };
    await readAnswer(Done, await one.$delete({ param, query: c.get("actor") }));
    return c.body(null, 204);
  })

  // For a uid, as users get theirs: the key stands in a header here, and in no address. There is no cookie: the same
  // browser may be somebody of the audience, too.
  .post("/:sessionUid/overlays/login", requireSession, requireOverlayKey, async (c) => {
    const { hash } = c.get("session");
    const keyring = c.get("keyring");
    await c.get("stores").checkOverlay(hash, c.get("overlay"));
    const uid = await keyring.createUid(hash, c.get("overlay"));
    return c.json({ uid, token: await keyring.createAudienceToken(hash) } satisfies LoginAnswer, 200);
  });
