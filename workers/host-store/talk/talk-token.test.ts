import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";
import { createId } from "../../lib/random.ts";
import { createTalkToken } from "./talk-token.ts";

const createTalk = () => ({ name: "Über rooms", date: "2026-11-27", talk: createId(), id: createId() });

const readPart = (part = "") =>
  Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

test("a talk's token is a host token that names the talk, and ends", async () => {
  const talk = createTalk();
  const now = Date.now();
  const [payload, signature, more] = (await createTalkToken(env, talk, now)).split(".");
  const exp = Math.floor((now + LIMITS.talkTokenDays * DAY_MS) / 1000);
  expect(JSON.parse(new TextDecoder().decode(readPart(payload)))).toEqual({ ...talk, host: true, exp });
  expect([more, readPart(signature).length]).toEqual([undefined, 256]);
});

test("without a key that it can read, host-store signs nothing and says so", async () => {
  for (const ISSUER_KEY of ["", "not a key", env.ISSUER_KEY.slice(0, 300)]) {
    const refused = createTalkToken({ ...env, ISSUER_KEY }, createTalk());
    await expect(refused).rejects.toMatchObject({ code: "not_configured" });
  }
});
