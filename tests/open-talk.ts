import { openControls, PHONE, PROJECTOR, type Scene } from "./browser.ts";
import { startSession } from "./started-session.ts";

/** A talk on its first slide, its stage with the controls open, and a phone. */
export async function openTalk({ revint, visit }: Pick<Scene, "revint" | "visit">, more: object = {}) {
  const session = await startSession(revint, { ...more });
  const { sessionUid, token } = session;
  await session.setState("0.0", JSON.stringify({ title: "A live question" }));
  const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, PROJECTOR);
  await openControls(stage);
  const phone = await visit.open(`/join?session=${sessionUid}`, PHONE);
  await phone.locator(".reactions").waitFor();
  return { ...session, stage, phone };
}
