import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createId } from "../../lib/random.ts";
import { createDeck } from "../deck/decks.ts";
import { deleteDeck, eraseDeck, sweepDecks } from "../deck/erase.ts";
import { dropOtherPictures, putPicture } from "../deck/pictures.ts";
import { finishUpload, putPart } from "../deck/upload.ts";
import { eraseTalk, markTalk } from "../talk/deletion.ts";
import { createTalk } from "../talk/talks.ts";
import { createAccount } from "../test-account.ts";
import { expectCounted } from "../test-usage.ts";
import { eraseAccount } from "./erasure.ts";

const db = env.HOST_DB;
const TEXT = "# One";
const createPicture = (bytes: number): Uint8Array<ArrayBuffer> => {
  const png = new Uint8Array(bytes);
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return png;
};
const makeDeck = (account: string) =>
  createDeck(db, account, { title: "Deck", kind: "markdown", bytes: TEXT.length }, 1);
const readUsage = (account: string) =>
  db.prepare("SELECT talks, decks, deck_bytes AS bytes FROM accounts WHERE id = ?1").bind(account).first();
const many = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

test("an account's talks are counted as they come and go, also where many do so at once and twice", async () => {
  const account = await createAccount();
  const made = await many(20, (index) => createTalk(db, account, { name: `${index}` }, index));
  const refused = { name: "of a deck that is nobody's", deck: createId() };
  await expect(createTalk(db, account, refused, 1)).rejects.toMatchObject({ code: "deck_not_found" });
  expect(await readUsage(account)).toMatchObject({ talks: 20 });
  const going = made.slice(0, 8).map(({ talk }) => talk.id);
  await Promise.all([...going, ...going].map((talk) => markTalk(db, { account, talk }, 1)));
  // Until it is erased, it is there.
  expect(await readUsage(account)).toMatchObject({ talks: 20 });
  // One that nobody has deleted stays.
  const all = made.map(({ talk }) => talk.id);
  await Promise.all([...all, ...going].map((talk) => eraseTalk(db, talk)));
  expect(await readUsage(account)).toMatchObject({ talks: 12 });
  await expectCounted();
});

test("and so are its decks, and what they take, with pictures that take each other's place or are left behind", async () => {
  const account = await createAccount();
  const decks = await many(6, () => makeDeck(account));
  expect(await readUsage(account)).toMatchObject({ decks: 6, bytes: 6 * TEXT.length });
  const [deck = "", other = "", third = ""] = decks;
  await many(8, (index) => putPicture(env, account, deck, `${index % 3}.png`, createPicture(20 + index)));
  await putPicture(env, account, other, "a.png", createPicture(100));
  await putPicture(env, account, other, "b.png", createPicture(200));
  await expect(putPicture(env, account, other, "c.png", new Uint8Array(9))).rejects.toMatchObject({
    code: "deck_not_valid",
  });
  await expectCounted();
  await dropOtherPictures(env, other, [{ name: "a.png" }]);
  await putPart(env, account, other, 1, new Blob([TEXT]).stream());
  await finishUpload(env, account, other);
  await expectCounted();
  await Promise.allSettled([
    deleteDeck(env, account, deck),
    deleteDeck(env, account, deck),
    eraseDeck(env, deck),
    putPicture(env, account, deck, "late.png", createPicture(50)),
  ]);
  await db.prepare("UPDATE decks SET status = 'deleting' WHERE id = ?1").bind(third).run();
  await Promise.all([sweepDecks(env, 2), sweepDecks(env, 2)]);
  expect(await readUsage(account)).toEqual({ talks: 0, decks: 4, bytes: 4 * TEXT.length + 100 });
  await expectCounted();
});

test("nothing is counted of a batch that fails", async () => {
  const account = await createAccount();
  const { talk } = await createTalk(db, account, { name: "A" }, 1);
  const deck = await makeDeck(account);
  const before = await readUsage(account);
  /** Its last statement fails: whatever came before it is undone. */
  const failing = new Proxy(db, {
    get(target, name) {
      if (name === "batch") {
        return (statements: D1PreparedStatement[]) =>
          target.batch([...statements, target.prepare("SELECT 1 FROM accounts WHERE json('{')")]);
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  await markTalk(db, { account, talk: talk.id }, 1);
  const broken = { ...env, HOST_DB: failing };
  await expect(createTalk(failing, account, { name: "B" }, 1)).rejects.toThrow();
  await expect(eraseTalk(failing, talk.id)).rejects.toThrow();
  await expect(eraseDeck(broken, deck)).rejects.toThrow();
  await expect(putPicture(broken, account, deck, "a.png", createPicture(20))).rejects.toThrow();
  expect(await readUsage(account)).toEqual(before);
  await expectCounted();
});

test("an account that is erased counts down to nothing before it is gone", async () => {
  const account = await createAccount();
  await many(3, (index) => createTalk(db, account, { name: `${index}` }, index));
  await many(3, () => makeDeck(account));
  await db.prepare("UPDATE accounts SET deleting_at = 1 WHERE id = ?1").bind(account).run();
  await eraseAccount(env, account);
  expect(await readUsage(account)).toEqual({ talks: 3, decks: 0, bytes: 0 });
  const { results } = await db.prepare("SELECT id FROM talks WHERE account = ?1").bind(account).all();
  for (const { id } of results) await eraseTalk(db, String(id));
  expect(await readUsage(account)).toMatchObject({ talks: 0 });
  expect(await eraseAccount(env, account)).toBe(false);
  expect(await readUsage(account)).toBeNull();
});
