import { signToken } from "../../scripts/host-token.ts";
import { createKeyPair } from "../../scripts/key-pair.ts";
import { LiveQuestion } from "../../shared/interactions/question/question.schema.ts";
import { CoHostAnswer } from "../../shared/protocol/co-host.schema.ts";
import type { CoHostRole } from "../../shared/protocol/co-host.ts";
import { splitUid } from "../../shared/protocol/identity.ts";
import { OverlayAnswer } from "../../shared/protocol/overlay.schema.ts";
import { LoginAnswer } from "../../shared/protocol/session.schema.ts";
import { type RunningApi, read } from "../running-api.ts";
import type { Judge } from "./judge.ts";

const { privatePem: otherKey } = await createKeyPair();

/** A session, and everybody who may be at its door, with what they have. */
export type World = Awaited<ReturnType<typeof createWorld>>;

export type TokenKind = keyof World["tokens"];
export type UidKind = keyof World["uids"];

const change = (text: string, index: number) =>
  `${text.slice(0, index)}${text[index] === "A" ? "B" : "A"}${text.slice(index + 1)}`;

/** The part of a token or uid that lets in. */
const secretOf = (text: string) => text.slice(-20);

/** @param judge is told what is secret here */
export async function createWorld(revint: RunningApi, judge: Judge, people = 12) {
  const [hostToken, foreignHostToken, userToken, ungiven] = await Promise.all([
    revint.sign(),
    revint.sign(),
    revint.sign(),
    revint.sign({ host: false }),
  ]);
  const facts: { apiUrl: string; webUiUrl: string; userToken?: string; [more: string]: unknown } = {
    apiUrl: revint.url,
    webUiUrl: `${revint.url}/join`,
    userToken,
    expectedAudience: 300,
    reactions: [],
  };
  const { sessionUid, hostUid, joinCode } = await revint.host(hostToken, facts);
  const foreign = await revint.host(foreignHostToken);
  const path = `/api/v1/session/${sessionUid}`;
  const asHost = { token: hostToken, uid: hostUid };

  const invite = async (role: CoHostRole, to = path, as = asHost) =>
    read(CoHostAnswer, await revint.request("POST", `${to}/hosts`, { ...as, json: { role } }));
  const [presenter, moderator, removed, target] = await Promise.all([
    invite("presenter"),
    invite("moderator"),
    invite("presenter"),
    invite("moderator"),
  ]);
  const makeOverlay = async () =>
    read(OverlayAnswer, await revint.request("POST", `${path}/overlays`, { ...asHost, json: {} }));
  const loginOverlay = async ({ key }: OverlayAnswer) =>
    read(LoginAnswer, await revint.request("POST", `${path}/overlays/login`, { token: key }));
  const [overlay, revokedOverlay, overlayTarget] = await Promise.all([
    makeOverlay(),
    makeOverlay(),
    makeOverlay(),
  ]);
  const [overlayPass, revokedPass] = await Promise.all([overlay, revokedOverlay].map(loginOverlay));
  if (!overlayPass || !revokedPass) throw new RangeError("too few overlays");
  await revint.request("DELETE", `${path}/overlays/${revokedOverlay.participant}`, asHost);
  const asForeign = { token: foreignHostToken, uid: foreign.hostUid };
  const foreignPresenter = await invite("presenter", `/api/v1/session/${foreign.sessionUid}`, asForeign);
  const [stranger, blocked, forgotten, victim, author, ...users] = await Promise.all([
    revint.join(foreign.sessionUid),
    ...Array.from({ length: people + 4 }, () => revint.join(sessionUid)),
  ]);
  if (!blocked || !forgotten || !victim || !author) throw new RangeError("too few people");
  const nameOf = (uid: string) => splitUid(uid).participant;
  await revint.request("DELETE", `${path}/hosts/${nameOf(removed.hostUid)}`, asHost);
  await revint.request("POST", `${path}/user/${nameOf(blocked.uid)}/block`, asHost);
  await revint.request("DELETE", `${path}/user/${forgotten.uid}`, forgotten);

  await revint.request("POST", `${path}/rules`, { ...asHost, json: { questions: "open" } });
  const asked = { ...author, json: { text: "Why?" } };
  const question = await read(
    LiveQuestion,
    await revint.request("POST", `${path}/user/${author.uid}/questions`, asked),
  );

  // Nobody can do anything twice too often: they take turns.
  let turn = 0;
  const next = () => users[turn++ % users.length]?.uid ?? "";
  const anotherHost = async () => (await revint.host(hostToken, facts)).hostUid;

  const tokens = {
    none: undefined,
    empty: "",
    garbled: "%%%",
    tampered: change(hostToken, 4),
    "of another key": await signToken({ name: "A talk", date: "2026-11-20" }, otherKey),
    expired: await revint.sign({ exp: 1_700_000_000 }),
    "another session's host": foreignHostToken,
    "another session's audience": stranger.token,
    "another session's presenter": foreignPresenter.token,
    "a signed one that nobody gave": ungiven,
    audience: blocked.token,
    userToken,
    host: hostToken,
    presenter: presenter.token,
    moderator: moderator.token,
    "a removed presenter": removed.token,
    "overlay key": overlay.key,
    "a revoked overlay key": revokedOverlay.key,
    "a presenter who says moderator": presenter.token.replace("presenter", "moderator"),
  } satisfies Record<string, string | undefined>;

  const uids = {
    none: async () => undefined,
    garbled: async () => "nobody",
    truncated: async () => next().slice(0, -1),
    forged: async () => change(next(), 40),
    "moved to another room": async () => change(next(), 4),
    "a name without its tag": async () => nameOf(next()),
    "another session's user": async () => stranger.uid,
    "another session's host": async () => foreign.hostUid,
    user: async () => next(),
    blocked: async () => blocked.uid,
    forgotten: async () => forgotten.uid,
    overlay: async () => overlayPass.uid,
    "a revoked overlay": async () => revokedPass.uid,
    host: anotherHost,
    presenter: async () => presenter.hostUid,
    moderator: async () => moderator.hostUid,
    "a removed presenter": async () => removed.hostUid,
  } satisfies Record<string, () => Promise<string | undefined>>;

  judge.keepSecret(
    ...[hostToken, foreignHostToken, userToken, ungiven].map(secretOf),
    ...[presenter, moderator, removed, target, foreignPresenter].flatMap(({ token, hostUid }) =>
      [token, hostUid].map(secretOf),
    ),
    ...[overlay, revokedOverlay, overlayTarget].map(({ key }) => secretOf(key)),
    ...[hostUid, foreign.hostUid, ...users.map(({ uid }) => uid), stranger.uid, victim.uid].map(secretOf),
  );
  return {
    sessionUid,
    joinCode: joinCode ?? "",
    path,
    facts,
    hostToken,
    hostUid,
    audienceToken: blocked.token,
    users: users.map(({ uid }) => uid),
    /** The id of a question that is published, and that none of them has asked. */
    question: question.id,
    /** What there is to be read of its recap, once it has one. */
    recapVersion: "none",
    /** A run of its flow that has failed, and what its hook takes, once there are such. */
    flowRun: "none",
    hookSecret: "none",
    presenter,
    moderator,
    tokens,
    uids,
    /** Whom a host may block, and whose invitation it may take back: without their tags. */
    victims: {
      "a user": nameOf(victim.uid),
      "a co-host": nameOf(target.hostUid),
      "an overlay": overlayTarget.participant,
    },
    foreign: { ...foreign, hostToken: foreignHostToken },
  };
}
