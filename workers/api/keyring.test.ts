import { expect, test } from "vitest";
import { createKeyPair } from "../../scripts/key-pair.ts";
import { createParticipant, createRandom } from "../../shared/protocol/identity.ts";
import { Keyring } from "./keyring.ts";

const HASH = "abcdefghijklmnopqr";
const OTHER_HASH = "rqponmlkjihgfedcba";

const { publicPem } = await createKeyPair();

const createKeyring = (secrets: string) => Keyring.create({ PUBLIC_KEY: publicPem, SESSION_SECRET: secrets });

const [OLD, NEW] = ["a".repeat(32), "b".repeat(32)];
const nameSomebody = () => createParticipant("user", 0, createRandom());
const forge = (uid: string) => `${uid.slice(0, -1)}${uid.endsWith("A") ? "B" : "A"}`;

test("a uid names its participant in its session, however often it comes; a forged one, and a foreign one, never do", async () => {
  const keyring = await createKeyring(NEW);
  const participant = nameSomebody();
  const uid = await keyring.createUid(HASH, participant);
  for (let time = 0; time < 3; time++) {
    expect(await keyring.openUid(HASH, uid)).toBe(participant);
    expect(await keyring.openUid(HASH, forge(uid))).toBeUndefined();
    expect(await keyring.openUid(OTHER_HASH, uid)).toBeUndefined();
    expect(await keyring.openUid(HASH, "")).toBeUndefined();
  }
});

test("a session's name is that of its hash, however often it comes; another one, longer, shorter or forged, never is", async () => {
  const keyring = await createKeyring(NEW);
  const name = await keyring.nameSession(HASH);
  for (let time = 0; time < 3; time++) {
    expect(await keyring.openSessionUid(name)).toBe(HASH);
    for (const other of [forge(name), `${name}A`, name.slice(0, -1), HASH, "", OTHER_HASH]) {
      expect(await keyring.openSessionUid(other)).toBeUndefined();
    }
  }
});

test("a uid is good as long as the secret is there that it was made with", async () => {
  const [before, after, later] = await Promise.all([OLD, `${NEW} ${OLD}`, NEW].map(createKeyring));
  const participant = nameSomebody();
  const uid = (await before?.createUid(HASH, participant)) ?? "";
  expect(await after?.openUid(HASH, uid)).toBe(participant);
  expect(await later?.openUid(HASH, uid)).toBeUndefined();
});

test("a uid that many others have come after is still good", async () => {
  const keyring = await createKeyring(NEW);
  const participant = nameSomebody();
  const uid = await keyring.createUid(HASH, participant);
  expect(await keyring.openUid(HASH, uid)).toBe(participant);
  for (let index = 0; index < 21_000; index++) {
    await keyring.openUid(HASH, await keyring.createUid(HASH, nameSomebody()));
  }
  expect(await keyring.openUid(HASH, uid)).toBe(participant);
});
