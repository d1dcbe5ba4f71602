import { expect, test } from "vitest";
import { roomName } from "../shared/protocol/identity.ts";
import {
  findBarriers,
  lookAt,
  openControls,
  PROJECTOR,
  setScene,
  TALL_PHONE,
  type Visit,
} from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { openTalk } from "./open-talk.ts";
import { startSession } from "./started-session.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene));

/** What is called of a root by whoever runs flows. */
interface Root {
  act(action: object): Promise<object>;
}

let said = 0;

/** One of the session's flows has something to say to its hosts. */
async function say(hash: string, text: string): Promise<void> {
  const { SESSION_ROOM } = await revint.harness
    .getWorker<{ SESSION_ROOM: { getByName(name: string): Root } }>("revint-session-store")
    .getEnv();
  const action = { do: "message", text };
  await SESSION_ROOM.getByName(roomName(hash, 0)).act({ id: `run.${said++}`, depth: 1, action });
}

const LONG = `${"A word that is as long as the longest message, ".repeat(4)}and ends`.slice(0, 200);

test("what a flow says to its hosts stands on the stage for some seconds, is read aloud, and no phone has it", async () => {
  const { stage, phone, hash } = await openTalk({ revint, visit });
  const notices = stage.getByRole("log", { name: "What your automations say" });
  // It is there before anything is said, or nobody would have it read to them.
  expect(await notices.count()).toBe(1);
  expect(await notices.textContent()).toBe("");
  await stage.clock.install();
  await say(hash, "Ten questions wait for an answer.");
  await notices.getByText("Ten questions wait for an answer.").waitFor();
  await say(hash, "<b>80 %</b> have answered.");
  await notices.getByText("<b>80 %</b> have answered.").waitFor();
  expect(await findBarriers(stage)).toEqual([]);
  expect(await phone.getByText("Ten questions wait").count()).toBe(0);
  await stage.clock.runFor(15_000);
  await expect.poll(() => notices.textContent()).toBe("");
  expect(visit.complaints).toEqual([]);
});

test("notices fit every screen", async () => {
  const { token, sessionUid, hash, setState } = await startSession(revint, {});
  await setState("0.0", JSON.stringify({ title: "A live question" }));
  const laptop = { viewport: { width: 1280, height: 800 } };
  for (const [size, options] of Object.entries({ phone: TALL_PHONE, laptop, projector: PROJECTOR })) {
    const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, options);
    await stage.locator(".board .dot.live").waitFor();
    if (size === "laptop") await openControls(stage);
    await say(hash, "Ten questions wait for an answer.");
    await say(hash, LONG);
    await stage.getByRole("log").getByText(LONG).waitFor();
    expect(await lookAt(stage, `stage-notices-${size}`)).toEqual([]);
    const width = await stage.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(options.viewport.width);
  }
});
