import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { Flows, SavedFlow } from "../shared/protocol/flow.schema.ts";
import { Me, SignInLog } from "../shared/protocol/host/account.schema.ts";
import { DeckAnswer, Decks, DeckUpload, PublicDeck } from "../shared/protocol/host/deck.schema.ts";
import { type Talk, TalkAnswer, Talks } from "../shared/protocol/host/talk.schema.ts";
import { DAY_MS, LIMITS } from "../shared/protocol/limits.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { createSecret, hashSecret } from "../workers/lib/random.ts";
import { read } from "./deployment.ts";
import { createEmail } from "./host-browser.ts";
import { changeHosts, countHosts, listObjects } from "./local-stores.ts";
import { createGround, type Ground, Mortal, removeGround } from "./mortal.ts";
import { MortalHost } from "./mortal-host.ts";

/*
 * kill -9 between any two steps. Many do the same thing, one beginning after the other, so that each is at another step
 * when everything dies at once; then each goes on as a person would, or nobody does and the clock strikes.
 */

let ground: Ground;
let workers: Mortal;
/** Made by whoever runs the deployment, before anybody came. */
const invitations = Array.from({ length: 8 }, () => ({ email: createEmail(), link: createSecret() }));
beforeAll(async () => {
  ground = await createGround();
  for (const { email, link } of invitations) {
    changeHosts(
      ground.storage,
      `INSERT INTO links (secret_hash, kind, email, email_key, role, created_at, expires_at)
       VALUES (?1, 'invitation', ?2, ?2, 'host', 1, 9e15)`,
      await hashSecret(link),
      email,
    );
  }
  workers = new Mortal(ground);
});
afterAll(async () => {
  await workers.close();
  await removeGround(ground);
});

/**
 * Lets two come to their end to see how long that takes, the first one to warm up; then the others begin one after the
 * other, and everything dies as the last one begins.
 * @returns whether each had its answer
 */
async function killAmong(
  flows: readonly (() => Promise<unknown>)[],
  meanwhile?: () => void,
): Promise<readonly boolean[]> {
  const [first, second, ...others] = flows;
  await first?.();
  const startedAt = performance.now();
  await second?.();
  // They share two cores: all of them take a good part of what they would take in a row.
  const step = (performance.now() - startedAt) * 0.4;
  const running = others.map(async (flow, index) => {
    await sleep(step * index);
    return flow().then(
      () => true,
      () => false,
    );
  });
  await sleep(step * (others.length - 1) + 1);
  await workers.die(meanwhile);
  const answered = [true, true, ...(await Promise.all(running))];
  // Or nobody was in the middle of anything.
  expect(answered).toContain(false);
  return answered;
}

/** A day goes by: everything has its turn again. */
function passDay(): void {
  changeHosts(
    ground.storage,
    "UPDATE talks SET due_at = due_at - ?1, opening_at = opening_at - ?1, erase_at = 0, tell_at = 0",
    DAY_MS,
  );
  changeHosts(ground.storage, "UPDATE accounts SET erase_at = 0");
  changeHosts(ground.storage, "UPDATE decks SET erase_at = 0");
}

async function strike(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await workers.tick();
}

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const pathOf = ({ sessionUid }: Pick<Talk, "sessionUid">) => `/api/v1/session/${sessionUid}`;
const findSession = async (talk: Pick<Talk, "sessionUid">) => (await workers.persist(pathOf(talk))).status;

/** A request of somebody with a talk's token that opens its session. */
async function toOpen(token: string): Promise<[string, RequestInit]> {
  const url = await workers.url;
  const headers = { "content-type": "application/json", "x-session-token": token };
  const body = JSON.stringify({ apiUrl: url, webUiUrl: `${url}/join` });
  return ["/api/v1/session/new", { method: "POST", headers, body }];
}

const getTalk = async (host: MortalHost, id: string) =>
  (await host.ask(TalkAnswer, "GET", `talks/${id}`)).talk;

async function listTalks(host: MortalHost): Promise<readonly Talk[]> {
  const { talks, cursor } = await host.ask(Talks, "GET", "talks");
  expect(cursor).toBeUndefined();
  return talks;
}

test("who signs up is in after the next try, once, and an invitation is good for one account", async () => {
  const people = many(16, () => new MortalHost(workers));
  // Two have got hold of each.
  const guests = invitations.map(({ email, link }) => ({
    link,
    pair: many(2, (index) => new MortalHost(workers, email, `the password of guest ${index}`)),
  }));
  const flows = [
    ...people.map((person) => () => person.once(...person.toSignUp())),
    ...guests.flatMap(({ link, pair }) => pair.map((guest) => () => guest.once(...guest.toSignUp(link)))),
  ];
  await killAmong(flows.toSorted(() => Math.random() - 0.5));

  for (const person of people) {
    expect([201, 403]).toContain((await person.persist(...person.toSignUp())).status);
    expect((await person.persist(...person.toSignIn())).status).toBe(200);
    const me = await person.ask(Me, "GET", "me");
    expect(me).toMatchObject({ account: { email: person.email, hasPassword: true, role: "host" } });
    const { events } = await person.ask(SignInLog, "GET", "me/log");
    expect(events.filter(({ event }) => event === "sign-up")).toHaveLength(1);
  }
  for (const { link, pair } of guests) {
    const statuses: number[] = [];
    for (const guest of pair) {
      expect([201, 403]).toContain((await guest.persist(...guest.toSignUp(link))).status);
      statuses.push((await guest.persist(...guest.toSignIn())).status);
    }
    // One of both has the account, from before or by now.
    expect(statuses.sort()).toEqual([200, 401]);
    expect((await pair[0]?.persist("POST", "links", { json: { link } }))?.status).toBe(404);
  }
}, 300_000);

/** A PDF of two parts, as far as the service looks. */
function createPdf(seed: number): Uint8Array<ArrayBuffer> {
  const pdf = new Uint8Array(LIMITS.deckPartBytes + 1000).fill(0x20 + (seed % 64));
  pdf.set(new TextEncoder().encode("%PDF-1.7\n"));
  pdf.set(new TextEncoder().encode("%%EOF"), pdf.length - 5);
  return pdf;
}

const partOf = (pdf: Uint8Array<ArrayBuffer>, number: number, bytes: number) =>
  pdf.slice((number - 1) * bytes, number * bytes);

/** Sends what is missing, and finishes: what a console does when the same file is picked again. */
async function goOn(host: MortalHost, id: string, pdf: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let look = 0; look < 6; look++) {
    const { deck, parts, partBytes } = await host.ask(DeckUpload, "GET", `decks/${id}`);
    if (deck.status === "ready") return;
    for (const number of [1, 2].filter((each) => !parts.includes(each))) {
      const body = partOf(pdf, number, partBytes);
      expect([200, 409]).toContain(
        (await host.persist("PUT", `decks/${id}/parts/${number}`, { body })).status,
      );
    }
    const done = await host.persist("POST", `decks/${id}/done`);
    if (done.ok) return void (await read(DeckAnswer, done));
    expect(done.status).toBe(409);
  }
  throw new Error("the upload came to no end");
}

const newDeck = (pdf: Uint8Array) => ({ title: "Talk", kind: "pdf", bytes: pdf.length, pages: 3 });

async function expectWhole(host: MortalHost, pdf: Uint8Array): Promise<string> {
  const { decks } = await host.ask(Decks, "GET", "decks");
  expect(decks).toMatchObject([{ status: "ready", bytes: pdf.length }]);
  const id = decks[0]?.id ?? "";
  const file = await workers.persist(`/api/v1/decks/${id}/file`);
  expect(Buffer.from(await file.arrayBuffer()).equals(pdf)).toBe(true);
  return id;
}

test("an upload goes on where it was, or begins anew, and is whole in the end, once", async () => {
  const uploads = await Promise.all(
    many(7, async (index) => ({ host: await MortalHost.signUp(workers), pdf: createPdf(index) })),
  );
  await killAmong(
    uploads.map(({ host, pdf }) => async () => {
      const made = await read(DeckUpload, await host.once("POST", "decks", { json: newDeck(pdf) }));
      for (const number of [2, 1]) {
        const body = partOf(pdf, number, made.partBytes);
        await read(DeckUpload, await host.once("PUT", `decks/${made.deck.id}/parts/${number}`, { body }));
      }
      await read(DeckAnswer, await host.once("POST", `decks/${made.deck.id}/done`));
    }),
  );
  for (const { host, pdf } of uploads) {
    const { decks } = await host.ask(Decks, "GET", "decks");
    // One of which only the answer was lost stands in the list, and is gone on with.
    expect(decks.length).toBeLessThanOrEqual(1);
    const id = decks[0]?.id ?? (await host.ask(DeckUpload, "POST", "decks", newDeck(pdf))).deck.id;
    await goOn(host, id, pdf);
    await expectWhole(host, pdf);
  }
}, 300_000);

test("of uploads that are being finished, each is finished by the next try", async () => {
  const uploads = await Promise.all(
    many(8, async (index) => {
      const host = await MortalHost.signUp(workers);
      const pdf = createPdf(index);
      const { deck, partBytes } = await host.ask(DeckUpload, "POST", "decks", newDeck(pdf));
      for (const number of [1, 2]) {
        const body = partOf(pdf, number, partBytes);
        await read(DeckUpload, await host.persist("PUT", `decks/${deck.id}/parts/${number}`, { body }));
      }
      return { host, pdf, id: deck.id };
    }),
  );
  await killAmong(
    uploads.map(({ host, id }) => async () => {
      await read(DeckAnswer, await host.once("POST", `decks/${id}/done`));
    }),
  );
  for (const { host, pdf, id } of uploads) {
    await goOn(host, id, pdf);
    expect(await expectWhole(host, pdf)).toBe(id);
    // What is deleted leaves nothing behind: looked at in the end.
    expect((await host.persist("DELETE", `decks/${id}`)).status).toBe(204);
    expect((await host.ask(Decks, "GET", "decks")).decks).toEqual([]);
  }
}, 300_000);

test("a talk whose session is there runs, whoever died opening it, and one that is deleted has none", async () => {
  const host = await MortalHost.signUp(workers);
  const other = await MortalHost.signUp(workers);
  const toDelete = await Promise.all(
    many(12, (index) => other.ask(TalkAnswer, "POST", "talks", { name: `deleted ${index}` })),
  );
  const open = async (token: string) => read(NewSessionAnswer, await workers.ask(...(await toOpen(token))));
  const flows = many(30, (index) => async () => {
    const doomed = index % 5 < 2 ? toDelete[Math.floor(index / 5) * 2 + (index % 5)] : undefined;
    if (doomed) {
      const deleting = other.once("DELETE", `talks/${doomed.talk.id}`);
      await Promise.allSettled([open(doomed.token), deleting]);
      await deleting;
      return;
    }
    const made = await host.once("POST", "talks", { json: { name: `opened ${index}` } });
    await open((await read(TalkAnswer, made)).token);
  });
  // Nobody does anything more: the clock alone.
  await killAmong(flows, passDay);
  await strike(8);

  let running = 0;
  for (const { id, sessionUid } of await listTalks(host)) {
    const talk = await getTalk(host, id);
    const isThere = (await findSession({ sessionUid })) === 200;
    if (isThere) running++;
    expect(talk).toMatchObject(
      isThere
        ? { status: "running", startedAt: expect.any(Number), summary: expect.any(Object) }
        : { status: "upcoming", startedAt: null },
    );
  }
  expect(running).toBeGreaterThan(0);
  const left = new Set((await listTalks(other)).map(({ id }) => id));
  expect(left.size).toBeLessThan(toDelete.length);
  for (const { talk, token } of toDelete) {
    if (left.has(talk.id)) continue;
    expect([talk.id, await findSession(talk)]).toEqual([talk.id, 404]);
    expect((await workers.persist(...(await toOpen(token)))).status).toBe(401);
  }
}, 300_000);

test("a token that was replaced opens nothing, whoever died telling its session, and nobody does anything more", async () => {
  const host = await MortalHost.signUp(workers);
  const given = await Promise.all(
    many(14, async (index) => {
      const { talk, token } = await host.ask(TalkAnswer, "POST", "talks", { name: `${index}` });
      await read(NewSessionAnswer, await workers.persist(...(await toOpen(token))));
      return { talk, token };
    }),
  );
  await killAmong(
    given.map(({ talk }) => async () => {
      await read(TalkAnswer, await host.once("POST", `talks/${talk.id}/token`));
    }),
    passDay,
  );
  await strike(8);
  const idOf = (token: string) =>
    z.object({ id: z.string() }).parse(JSON.parse(atob(token.split(".")[0] ?? ""))).id;
  const find = async (token: string) =>
    (await workers.persist("/api/v1/session", { headers: { "x-session-token": token } })).status;
  let replaced = 0;
  for (const { talk, token } of given) {
    // Reading a talk tells no session anything.
    const good = (await host.ask(TalkAnswer, "GET", `talks/${talk.id}`)).token;
    const isReplaced = idOf(good) !== idOf(token);
    if (isReplaced) replaced++;
    expect([await find(token), await find(good)]).toEqual([isReplaced ? 401 : 200, 200]);
  }
  expect(replaced).toBeGreaterThan(2);
}, 300_000);

test("what ended is in the history, whole and with one end, by the next try or by the clock", async () => {
  const host = await MortalHost.signUp(workers);
  const given = await Promise.all(
    many(14, async (index) => {
      const { talk, token } = await host.ask(TalkAnswer, "POST", "talks", { name: `${index}` });
      const { hostUid } = await read(NewSessionAnswer, await workers.persist(...(await toOpen(token))));
      const info = await read(SessionAnswer, await workers.persist(pathOf(talk)));
      const login = { method: "POST", headers: { "x-session-token": info.token } };
      const { uid } = await read(LoginAnswer, await workers.persist(`${pathOf(talk)}/login`, login));
      const headers = { "x-session-token": info.token, "x-session-uid": uid };
      const react = `${pathOf(talk)}/user/${uid}/react/0/x`;
      expect((await workers.persist(react, { method: "POST", headers })).status).toBe(200);
      const asHost = { "x-session-token": token, "x-session-uid": hostUid };
      return { talk, asHost, end: [`${pathOf(talk)}/end`, { method: "POST", headers: asHost }] as const };
    }),
  );
  const answered = await killAmong(
    given.map(({ end }) => async () => {
      await read(SessionTotals, await workers.ask(...end));
    }),
    passDay,
  );
  // Half of those who had no answer try again; of the others, the clock sees what became of them.
  for (const [index, { end }] of given.entries()) {
    if (!answered[index] && index % 2 === 0) await read(SessionTotals, await workers.persist(...end));
  }
  await strike(8);
  for (const { talk, asHost, end } of given) {
    const before = await getTalk(host, talk.id);
    expect(before.summary).toMatchObject({ people: 1, reactions: 1, top: { x: 1 } });
    const totals = await read(SessionTotals, await workers.persist(...end));
    expect(totals).toMatchObject({ total: 1, participants: 1 });
    const after = await getTalk(host, talk.id);
    expect(after).toMatchObject({ status: "over", summary: { people: 1, reactions: 1, top: { x: 1 } } });
    if (before.endedAt !== null) expect(after.endedAt).toBe(before.endedAt);
    const counts = await workers.persist(`${pathOf(talk)}/reactions`, { headers: asHost });
    expect(await read(SessionTotals, counts)).toMatchObject({ pages: { "0": { x: 1 } }, total: 1 });
  }
}, 300_000);

test("talks that the clock was about to open are opened by its next turns, and have their flows, once", async () => {
  const host = await MortalHost.signUp(workers);
  const flow = { on: { event: "ended" }, do: [{ do: "recap" }] };
  const planned = await Promise.all(
    many(8, async (index) => {
      const made = await host.ask(TalkAnswer, "POST", "talks", { name: `${index}`, opensBefore: 5 });
      for (const id of ["a", "b"]) {
        await host.ask(SavedFlow, "PUT", `talks/${made.talk.id}/flows/${id}`, { name: id, ...flow });
      }
      return made;
    }),
  );
  const startsAt = Date.now();
  const strikeMinute = () => workers.tick("* * * * *");
  await killAmong(
    planned.map(({ talk }) => async () => {
      await read(TalkAnswer, await host.once("PATCH", `talks/${talk.id}`, { json: { startsAt } }));
      await strikeMinute();
    }),
  );
  for (const { talk } of planned) await host.ask(TalkAnswer, "PATCH", `talks/${talk.id}`, { startsAt });
  for (let turn = 0; turn < 3; turn++) await strikeMinute();
  for (const { talk, token } of planned) {
    expect(await findSession(talk)).toBe(200);
    expect((await getTalk(host, talk.id)).status).toBe("running");
    // Where whoever opened it died before its flows were there, its host brings them along.
    const open = async () => read(NewSessionAnswer, await workers.persist(...(await toOpen(token))));
    const path = `${pathOf(talk)}/flows`;
    const headers = { "x-session-token": token };
    const list = async () =>
      (await read(Flows, await workers.persist(path, { headers }))).flows.map(({ id }) => id);
    expect((await open()).withoutFlows).toBeUndefined();
    expect(await list()).toEqual(["a", "b"]);
    await workers.persist(`${path}/a`, { method: "DELETE", headers });
    await open();
    expect(await list()).toEqual(["b"]);
  }
}, 300_000);

test("what was deleted is gone for good, with all that it held; what was not is whole", async () => {
  const fill = async () => {
    const host = await MortalHost.signUp(workers);
    const text = new TextEncoder().encode("# Hello");
    const { deck } = await host.ask(DeckUpload, "POST", "decks", {
      ...{ title: "Deck", kind: "markdown", bytes: text.length },
    });
    await read(DeckUpload, await host.persist("PUT", `decks/${deck.id}/parts/1`, { body: text }));
    await host.ask(DeckAnswer, "POST", `decks/${deck.id}/done`);
    const talks = await Promise.all(
      many(2, async (index) => {
        const made = await host.ask(TalkAnswer, "POST", "talks", { name: `${index}`, deck: deck.id });
        await read(NewSessionAnswer, await workers.persist(...(await toOpen(made.token))));
        return made.talk;
      }),
    );
    const { account } = await host.ask(Me, "GET", "me");
    return { host, account: account.id, deck: deck.id, talks };
  };
  const accounts = await Promise.all(many(14, fill));
  const paths = ["me", "talk", "deck"] as const;
  const plans = accounts.map((filled, index) => {
    const what = paths[index % paths.length] ?? "me";
    const path = { me: "me", talk: `talks/${filled.talks[0]?.id}`, deck: `decks/${filled.deck}` }[what];
    return { ...filled, what, path };
  });
  await killAmong(
    plans.map(({ host, path }) => async () => {
      const answer = await host.once("DELETE", path);
      expect([202, 204]).toContain(answer.status);
    }),
    passDay,
  );
  await strike(12);
  // Accounts whose talks had to wait for their turn go on the next day.
  await workers.die(passDay);
  await strike(6);

  const erased: string[] = [];
  const readDeck = async (deck: string) => (await workers.persist(`/api/v1/decks/${deck}`)).status;
  for (const { host, what, account, deck, talks } of plans) {
    const isIn = (await host.persist(...host.toSignIn())).status === 200;
    if (what === "me" && !isIn) {
      erased.push(account);
      expect(await readDeck(deck)).toBe(404);
      for (const talk of talks) expect(await findSession(talk)).toBe(404);
      // The email is free again.
      expect((await host.persist(...host.toSignUp())).status).toBe(201);
      continue;
    }
    expect(isIn).toBe(true);
    const { decks } = await host.ask(Decks, "GET", "decks");
    if (what !== "deck") expect(decks).toHaveLength(1);
    const isServed = decks.length === 1;
    expect(await readDeck(deck)).toBe(isServed ? 200 : 404);
    if (isServed) await read(PublicDeck, await workers.persist(`/api/v1/decks/${deck}`));
    const listed = await listTalks(host);
    if (what !== "talk") expect(listed).toHaveLength(2);
    for (const talk of talks) {
      const isListed = listed.some(({ id }) => id === talk.id);
      expect([talk.id, await findSession(talk)]).toEqual([talk.id, isListed ? 200 : 404]);
    }
  }
  expect(erased.length).toBeGreaterThan(0);

  // Nothing that is kept belongs to anything that is gone.
  await workers.die(() => {
    const { storage } = ground;
    for (const account of erased) {
      for (const table of ["talks", "decks", "passkeys", "sign_ins", "sign_in_log"]) {
        expect(countHosts(storage, `SELECT 1 FROM ${table} WHERE account = ?1`, account)).toBe(0);
      }
      expect(countHosts(storage, "SELECT 1 FROM accounts WHERE id = ?1", account)).toBe(0);
    }
    const gone = "SELECT 1 FROM accounts WHERE deleting_at IS NOT NULL";
    expect(countHosts(storage, gone)).toBe(0);
    expect(countHosts(storage, "SELECT 1 FROM talks WHERE deleting_at IS NOT NULL")).toBe(0);
    expect(countHosts(storage, "SELECT 1 FROM decks WHERE status <> 'ready'")).toBe(0);
    for (const [table, column, of] of [
      ["talk_activities", "talk", "talks"],
      ["talk_flows", "talk", "talks"],
      ["deck_parts", "deck", "decks"],
      ["deck_files", "deck", "decks"],
    ]) {
      expect(
        countHosts(storage, `SELECT 1 FROM ${table} WHERE ${column} NOT IN (SELECT id FROM ${of})`),
      ).toBe(0);
    }
    // What accounts say that they use is what there is, through everything that was made and erased here.
    const bytes =
      "(SELECT coalesce(sum(file_bytes + picture_bytes), 0) FROM decks WHERE account = accounts.id)";
    const hasDrifted = `SELECT 1 FROM accounts WHERE deck_bytes <> ${bytes}
      OR talks <> (SELECT count(*) FROM talks WHERE account = accounts.id)
      OR decks <> (SELECT count(*) FROM decks WHERE account = accounts.id)`;
    expect(countHosts(storage, hasDrifted)).toBe(0);
    for (const key of listObjects(storage).objects) {
      const deck = key.split("/")[1] ?? "";
      expect([key, countHosts(storage, "SELECT 1 FROM decks WHERE id = ?1", deck)]).toEqual([key, 1]);
    }
  });
}, 300_000);
