import { encodeBase64Url } from "hono/utils/encode";
import { CoHostRole } from "../../shared/protocol/co-host.schema.ts";
import { OverlayKey, Participant, SessionUid, Uid } from "../../shared/protocol/identity.schema.ts";
import {
  createParticipant,
  createRandom,
  splitSessionUid,
  splitUid,
} from "../../shared/protocol/identity.ts";
import { signWindow, splitCursor } from "../lib/export-cursor.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { markRandom } from "../lib/token-mark.ts";
import { TtlCache } from "../lib/ttl-cache.ts";
import { type Issue, importPublicKeys, openToken, type SignedToken, type TokenKeys } from "./token.ts";

/** Each use of the secret has its own label, so that no tag can pass for another. */
const LABELS = {
  session: "revint session v1",
  audience: "revint audience v1",
  uid: "revint uid v1",
  coHost: "revint co-host v1",
  overlay: "revint overlay v1",
  exportKey: "revint export v1",
  exportCursor: "revint export cursor v1",
  joinCode: "revint join code v1",
  joinPad: "revint join pad v1",
} as const;

/** Characters kept of a tag: 48 bits for a public name, 132 (a whole 128-bit tag) for what lets in. */
const TAG_LENGTH = {
  session: 8,
  audience: 22,
  uid: 22,
  coHost: 22,
  overlay: 22,
  exportKey: 22,
  exportCursor: 22,
  joinCode: 22,
  joinPad: 8,
} as const;

/** Who could guess a secret could be anyone. */
const SECRET_LENGTH = 32;

/** Sessions whose tags an isolate remembers. */
const SESSIONS_KEPT = 1000;
/** Uids that it has found to be good, and for how many milliseconds: whoever reacts does so again and again. */
const UIDS_KEPT = 20_000;
const UIDS_MS = 10 * 60_000;

/** `role:participant:tag`: no signed token looks like it. */
const CO_HOST_TOKEN = /^(presenter|moderator):([^:]+):([^:]+)$/;

const encoder = new TextEncoder();

/**
 * Compares in a time that says nothing about where two texts differ. Encoding them first, as
 * `timingSafeEqual` wants it, took longer than all else that a request's tags take.
 */
function isSame(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++) {
    difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  }
  return difference === 0;
}

/** What a session's secrets come to: one per SESSION_SECRET, the newest first. */
interface SessionTags {
  readonly names: readonly string[];
  readonly audience: readonly string[];
}

/**
 * Everything that proves who is who: checks signed tokens, and makes and checks the tags of
 * sessionUids, audience tokens and uids. All of it without a look-up.
 */
export class Keyring {
  readonly #keys: TokenKeys;
  readonly #secrets: readonly CryptoKey[];
  readonly #sessions = new Map<string, Promise<SessionTags>>();
  /** Which are good, with the hash of their session before them. */
  readonly #goodUids = new TtlCache<true>(UIDS_MS, UIDS_KEPT);

  private constructor(keys: TokenKeys, secrets: readonly CryptoKey[]) {
    this.#keys = keys;
    this.#secrets = secrets;
  }

  /** @throws `not_configured` when a variable is missing or unusable; the log says which. */
  static async create(
    env: Pick<ApiEnv, "PUBLIC_KEY" | "SESSION_SECRET"> & Partial<Pick<ApiEnv, "ISSUER_PUBLIC_KEY">>,
  ): Promise<Keyring> {
    const hosts = await importPublicKeys(env.PUBLIC_KEY ?? "").catch(() => []);
    const issuer = await importPublicKeys(env.ISSUER_PUBLIC_KEY ?? "").catch(() => []);
    const secrets = (env.SESSION_SECRET ?? "").split(/[\s,]+/).filter((secret) => secret !== "");
    const isWeak = secrets.some((secret) => secret.length < SECRET_LENGTH);
    const missing = [
      ...(hosts.length === 0 ? ["PUBLIC_KEY is missing or holds no PEM public key"] : []),
      // A deployment without accounts has none; one that can't be read would refuse the tokens of all talks.
      ...(env.ISSUER_PUBLIC_KEY && issuer.length === 0 ? ["ISSUER_PUBLIC_KEY holds no PEM public key"] : []),
      ...(secrets.length === 0 ? ["SESSION_SECRET is missing"] : []),
      ...(isWeak ? [`SESSION_SECRET holds a secret of less than ${SECRET_LENGTH} characters`] : []),
    ];
    if (missing.length > 0) {
      console.error(JSON.stringify({ message: "this deployment is not configured", missing }));
      throw new ProblemError(
        "not_configured",
        "whoever runs this deployment has to set its keys; the log says which",
      );
    }
    const hmac = { name: "HMAC", hash: "SHA-256" };
    const keys = secrets.map((secret) =>
      crypto.subtle.importKey("raw", encoder.encode(secret), hmac, false, ["sign"]),
    );
    return new Keyring({ hosts, issuer }, await Promise.all(keys));
  }

  /** Checks a signed token, of a host or not. @throws `invalid_token` */
  openToken(token: string): Promise<SignedToken> {
    return openToken(this.#keys, token);
  }

  /** The public name of a session. */
  async nameSession(hash: string): Promise<string> {
    return `${hash}${(await this.#tagsOf(hash)).names[0]}`;
  }

  /** The hash inside a sessionUid that we made; undefined for every other text. */
  async openSessionUid(sessionUid: string): Promise<string | undefined> {
    const { hash, tag } = splitSessionUid(sessionUid);
    // Of a hash that is known there is one name that fits, and what has another shape is not it.
    if (!this.#sessions.has(hash) && !SessionUid.safeParse(sessionUid).success) return undefined;
    return (await this.#tagsOf(hash)).names.some((name) => isSame(name, tag)) ? hash : undefined;
  }

  /** What the public look-up hands out. */
  async createAudienceToken(hash: string): Promise<string> {
    return (await this.#tagsOf(hash)).audience[0] ?? "";
  }

  async isAudienceToken(hash: string, token: string): Promise<boolean> {
    return (await this.#tagsOf(hash)).audience.some((audience) => isSame(audience, token));
  }

  /** A new host's uid. @param issue the talk's token that they come with, if it is one */
  createHostUid(hash: string, generation: number, issue?: Issue): Promise<string> {
    const random = issue ? markRandom(createRandom(), issue.id) : createRandom();
    return this.createUid(hash, createParticipant("host", 0, random, generation));
  }

  /** What makes a participant's name theirs. */
  async createUid(hash: string, participant: string): Promise<string> {
    return `${participant}${await this.#tag(0, "uid", hash + participant)}`;
  }

  /** The participant a uid of this session names; undefined for a forged or foreign one. */
  async openUid(hash: string, uid: string): Promise<string | undefined> {
    const { participant, tag } = splitUid(uid);
    if (this.#goodUids.get(hash + uid)) return participant;
    if (!Uid.safeParse(uid).success || !(await this.#isTag("uid", hash + participant, tag))) return undefined;
    this.#goodUids.set(hash + uid, true);
    return participant;
  }

  /** What lets an overlay in: kept nowhere, it names the overlay and proves itself. The root knows which are revoked. */
  async createOverlayKey(hash: string, participant: string): Promise<string> {
    return `${participant}${await this.#tag(0, "overlay", hash + participant)}`;
  }

  /** The overlay that a key of this session names; undefined for a forged or foreign one. */
  async openOverlayKey(hash: string, key: string): Promise<string | undefined> {
    if (!OverlayKey.safeParse(key).success) return undefined;
    const { participant, tag } = splitUid(key);
    return (await this.#isTag("overlay", hash + participant, tag)) ? participant : undefined;
  }

  /** What the participant numbers of one export are made with. */
  createExportKey(hash: string, salt: string): Promise<string> {
    return this.#tag(0, "exportKey", hash + salt);
  }

  /** What the tags of its cursors are made with: once for a whole window, where its rows are written. */
  createCursorKey(hash: string, salt: string): Promise<string> {
    return this.#tag(0, "exportCursor", hash + salt);
  }

  /** Whether a cursor is one of this session's own. */
  async isCursor(hash: string, cursor: string): Promise<boolean> {
    const { salt, tag, ...window } = splitCursor(cursor);
    for (const index of this.#secrets.keys()) {
      if (isSame(signWindow(await this.#tag(index, "exportCursor", hash + salt), window), tag)) return true;
    }
    return false;
  }

  /** What stores know a join code by, one for each secret. */
  tagJoinCode(code: string): Promise<string[]> {
    return Promise.all(this.#secrets.map((_, index) => this.#tag(index, "joinCode", code)));
  }

  /** What hides the join code of a session from stores, one for each secret. */
  createJoinPads(hash: string): Promise<string[]> {
    return Promise.all(this.#secrets.map((_, index) => this.#tag(index, "joinPad", hash)));
  }

  /** What a co-host sends as its token. The root knows which of them the host has removed. */
  async createCoHostToken(hash: string, participant: string, role: CoHostRole): Promise<string> {
    return `${role}:${participant}:${await this.#tag(0, "coHost", `${hash}${participant}${role}`)}`;
  }

  /** Whom a co-host token of this session names; undefined for every other text. */
  async openCoHostToken(hash: string, token: string) {
    const [, role, participant = "", tag = ""] = CO_HOST_TOKEN.exec(token) ?? [];
    const known = CoHostRole.safeParse(role);
    if (!known.success || !Participant.safeParse(participant).success) return undefined;
    const isGood = await this.#isTag("coHost", `${hash}${participant}${role}`, tag);
    return isGood ? { participant, role: known.data } : undefined;
  }

  #tagsOf(hash: string): Promise<SessionTags> {
    const known = this.#sessions.get(hash);
    if (known) return known;
    if (this.#sessions.size >= SESSIONS_KEPT) this.#sessions.clear();
    const tags = this.#createTags(hash);
    this.#sessions.set(hash, tags);
    return tags;
  }

  async #createTags(hash: string): Promise<SessionTags> {
    const all = (label: keyof typeof LABELS) =>
      Promise.all(this.#secrets.map((_, index) => this.#tag(index, label, hash)));
    const [names, audience] = await Promise.all([all("session"), all("audience")]);
    return { names, audience };
  }

  /** Whether one of the secrets made this tag, the newest or an older one. */
  async #isTag(label: keyof typeof LABELS, text: string, tag: string): Promise<boolean> {
    for (const index of this.#secrets.keys()) {
      if (isSame(await this.#tag(index, label, text), tag)) return true;
    }
    return false;
  }

  async #tag(index: number, label: keyof typeof LABELS, text: string): Promise<string> {
    const key = this.#secrets[index];
    if (!key) throw new RangeError("no such secret");
    const signature = await crypto.subtle.sign("HMAC", key, encoder.encode(`${LABELS[label]}\0${text}`));
    return encodeBase64Url(signature.slice(0, 17)).slice(0, TAG_LENGTH[label]);
  }
}

/**
 * One keyring per environment, which is one object for all requests of an isolate as long as nothing is
 * deployed: importing keys is slow, and they never change in between.
 */
const keyrings = new WeakMap<ApiEnv, Promise<Keyring>>();

export function getKeyring(env: ApiEnv): Promise<Keyring> {
  let keyring = keyrings.get(env);
  if (!keyring) {
    keyring = Keyring.create(env);
    keyrings.set(env, keyring);
    keyring.catch(() => keyrings.delete(env));
  }
  return keyring;
}
