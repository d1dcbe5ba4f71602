import { beforeAll, describe, expect, test } from "vitest";
import { splitSessionUid } from "../shared/protocol/identity.ts";
import { JoinAnswer } from "../shared/protocol/join-code.schema.ts";
import { JOIN_CODE } from "../shared/protocol/join-code.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import { type Deployment, read, readProblem, shareDeployment } from "./deployment.ts";
import { createAddress } from "./host-browser.ts";

let revint: Deployment;
beforeAll(async () => {
  revint = await shareDeployment();
});

/** Starts a session, which has a code. */
async function start(token?: string, more: Record<string, unknown> = {}) {
  const session = await revint.host(token, more);
  expect(session.joinCode).toMatch(JOIN_CODE);
  return { ...session, joinCode: session.joinCode ?? "" };
}
const ask = (code: string, address = createAddress()) =>
  revint.request("GET", `/api/v1/join/${code}`, { headers: { "cf-connecting-ip": address } });
/** What a browser hears that opens a short address; it goes nowhere by itself. */
const visit = (path: string, address = createAddress()) =>
  fetch(new URL(path, revint.url), { redirect: "manual", headers: { "cf-connecting-ip": address } });
/** One that nobody has: there are few sessions here. */
async function findWrong(): Promise<string> {
  for (let code = 100_000; ; code++) if ((await ask(String(code))).status === 404) return String(code);
}

describe("a join code", () => {
  test("leads to its session, from every address that it has", async () => {
    const { sessionUid, joinCode, joinUrl } = await start();
    const long = `/join?session=${sessionUid}`;
    expect(joinUrl).toBe(revint.url + long);
    expect(await read(JoinAnswer, await ask(joinCode))).toEqual({ sessionUid });
    const spaced = `${joinCode.slice(0, 3)}%20${joinCode.slice(3)}`;
    for (const path of [
      `/${joinCode}`,
      `/${joinCode}/`,
      `/${spaced}`,
      `/j/${joinCode}`,
      `/j?code=${spaced}`,
      `/j?code=${encodeURIComponent(`${revint.url}/${joinCode}`)}`,
      `/j?code=${encodeURIComponent(joinUrl)}`,
      `/j?code=${encodeURIComponent(` ${joinUrl}&utm=mail#top\n`)}`,
    ]) {
      const answer = await visit(path);
      expect([path, answer.status, answer.headers.get("location")]).toEqual([path, 302, long]);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect((await fetch(new URL(`/${joinCode}`, revint.url))).url).toBe(joinUrl);
    expect((await visit("/j")).headers.get("location")).toBe("/join");
  });

  test("stays the same however often the session is opened, and each session has its own", async () => {
    const token = await revint.sign();
    const { joinCode } = await start(token);
    const again = await Promise.all([
      revint.host(token),
      revint.host(token),
      start(token, { restart: true }),
    ]);
    expect(new Set(again.map((each) => each.joinCode))).toEqual(new Set([joinCode]));
    const others = await Promise.all(Array.from({ length: 20 }, () => start()));
    expect(new Set([joinCode, ...others.map((each) => each.joinCode)]).size).toBe(21);
  });

  test("is one where a session is opened by many at once", async () => {
    const token = await revint.sign();
    const opened = await Promise.all(Array.from({ length: 8 }, () => start(token)));
    expect(new Set(opened.map((each) => each.joinCode)).size).toBe(1);
  });

  test("leads to a page of ours, wherever the host's own is", async () => {
    const { sessionUid, joinCode } = await start(undefined, { webUiUrl: "https://elsewhere.example/phones" });
    expect((await visit(`/${joinCode}`)).headers.get("location")).toBe(`/join?session=${sessionUid}`);
  });

  test("of a session that was deleted leads nowhere at once", async () => {
    const { sessionUid, hostUid, joinCode, token } = await start();
    expect((await ask(joinCode)).status).toBe(200);
    const path = `/api/v1/session/${sessionUid}`;
    const deleted = await revint.request("DELETE", path, { token, uid: hostUid });
    expect(deleted.status).toBe(204);
    expect(await readProblem(await ask(joinCode))).toMatchObject({ code: "session_not_found", status: 404 });
    const { status, headers } = await visit(`/${joinCode}`);
    expect([status, headers.get("location")]).toEqual([404, null]);
    // Opened anew it is another session, and the old code is nobody's.
    expect((await start(token)).joinCode).not.toBe(joinCode);
    expect((await ask(joinCode)).status).toBe(404);
  });

  test("of a session that was forgotten leads nowhere", async () => {
    const { sessionUid, joinCode } = await start();
    await revint.eraseSession(splitSessionUid(sessionUid).hash);
    expect((await ask(joinCode)).status).toBe(404);
  });

  test("of a session that has ended still leads there", async () => {
    const { sessionUid, hostUid, joinCode, token } = await start();
    await revint.request("POST", `/api/v1/session/${sessionUid}/end`, { token, uid: hostUid });
    expect((await visit(`/${joinCode}`)).status).toBe(302);
    expect((await revint.host(token)).joinCode).toBe(joinCode);
  });
});

describe("no store knows a code", () => {
  test("nor the name that it leads to: who has all of them gets in nowhere", async () => {
    const { sessionUid, joinCode } = await start();
    const { SESSION_KV } = await revint.harness
      .getWorker<{
        SESSION_KV: { list(): Promise<{ keys: { name: string }[] }>; get(key: string): Promise<string> };
      }>("revint-session-store")
      .getEnv();
    await expect
      .poll(async () => {
        const { keys } = await SESSION_KV.list();
        const texts = await Promise.all(keys.map(async ({ name }) => [name, await SESSION_KV.get(name)]));
        return texts.filter(([name]) => name?.startsWith("join/")).map(([, text]) => text);
      })
      .toContain(splitSessionUid(sessionUid).hash);
    const { keys } = await SESSION_KV.list();
    const all = JSON.stringify([keys, await Promise.all(keys.map(({ name }) => SESSION_KV.get(name)))]);
    expect(all).not.toContain(joinCode);
    expect(all).not.toContain(sessionUid);
  });
});

describe("a code that leads nowhere", () => {
  test("is a problem for programs, and for people a page with the field to try again", async () => {
    const wrong = await findWrong();
    expect(await readProblem(await ask(wrong))).toMatchObject({ code: "session_not_found", status: 404 });
    for (const path of [`/${wrong}`, `/j/${wrong}`, `/j?code=${wrong}`, "/j/talk", "/j?code=my+talk"]) {
      const page = await visit(path);
      expect([path, page.status]).toEqual([path, 404]);
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
      expect(page.headers.get("cache-control")).toBe("no-store");
      expect(await page.text()).toContain('data-trouble="wrong"');
    }
  });

  test.each(["48291", "abcdef", "082913", "482913571", "%F0%9F%91%8F", "1%00"])(
    "%s is no code at all",
    async (code) => {
      expect(await readProblem(await ask(code))).toMatchObject({ code: "invalid_request", status: 400 });
    },
  );

  test.each(["/4", "/404", "/1e6", "/7wonders/of/it"])("%s is as ever", async (path) => {
    expect((await visit(path)).status).toBe(path === "/404" ? 200 : 404);
  });

  test("is slowed down for an address that tries a hundred in a minute, and for nobody else", async () => {
    const { joinCode, sessionUid } = await start();
    const other = await start();
    const address = createAddress();
    // Somebody in the hall has come in; then somebody else there begins to guess.
    expect((await ask(joinCode, address)).status).toBe(200);
    const statuses: number[] = [];
    // A window of the limiter may end in between: then it takes a second one.
    for (let code = 0; code < 3 * LIMITS.wrongJoinCodesPerMinute && !statuses.includes(429); code++) {
      statuses.push((await ask(String(90_000_000 + code), address)).status);
    }
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    expect(statuses.indexOf(429)).toBeGreaterThanOrEqual(LIMITS.wrongJoinCodesPerMinute);
    // What is right is not told any more either, or else guessing would go on.
    const slowed = await ask(other.joinCode, address);
    expect(slowed.headers.get("retry-after")).toBe("60");
    expect(await readProblem(slowed)).toMatchObject({ code: "rate_limited" });
    const page = await visit(`/${other.joinCode}`, address);
    expect([page.status, page.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await page.text()).toContain('data-trouble="tooMany"');
    // But the hall's own talk is found there as before, and everything is from elsewhere.
    expect(await read(JoinAnswer, await ask(joinCode, address))).toEqual({ sessionUid });
    expect((await ask(other.joinCode)).status).toBe(200);
  });

  test("is counted, and a right one is not: all phones of one hall come in", async () => {
    const { joinCode } = await start();
    const address = createAddress();
    for (let phones = 0; phones < 3 * LIMITS.wrongJoinCodesPerMinute; phones += 50) {
      const all = await Promise.all(Array.from({ length: 50 }, () => visit(`/${joinCode}`, address)));
      expect(new Set(all.map(({ status }) => status))).toEqual(new Set([302]));
    }
  });
});
