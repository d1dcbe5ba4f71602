import { Buffer } from "node:buffer";

/*
 * An authenticator in software, as WebAuthn and CTAP describe one: P-256 keys that never leave it, a counter, and
 * passkeys that know whose they are.
 */

interface Credential {
  readonly id: Buffer;
  readonly keys: CryptoKeyPair;
  readonly rpId: string;
  readonly userHandle: string;
  counter: number;
}

interface Registering {
  readonly challenge: string;
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
}

interface Authenticating {
  readonly challenge: string;
  readonly rpId?: string;
}

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** User present and verified; `AT` stands for a new key in it. */
const UP_UV = 0x05;
const AT = 0x40;

export interface AuthenticatorOptions {
  /** Where the page says that it is. */
  readonly origin?: string;
  /** Whether somebody's finger or PIN was asked for. */
  readonly isVerified?: boolean;
}

export class TestAuthenticator {
  readonly credentials: Credential[] = [];
  readonly #origin: string;
  readonly #flags: number;

  constructor({ origin = "http://localhost", isVerified = true }: AuthenticatorOptions = {}) {
    this.#origin = origin;
    this.#flags = isVerified ? UP_UV : 0x01;
  }

  /** What `startRegistration` gives. */
  async create(options: unknown) {
    const { challenge, rp, user } = options as Registering;
    const keys = (await crypto.subtle.generateKey(ECDSA, true, ["sign", "verify"])) as CryptoKeyPair;
    const credential: Credential = {
      id: Buffer.from(crypto.getRandomValues(new Uint8Array(32))),
      keys,
      rpId: rp.id ?? "",
      userHandle: user.id,
      counter: 0,
    };
    this.credentials.push(credential);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(credential.id.length);
    const attested = Buffer.concat([
      Buffer.alloc(16),
      length,
      credential.id,
      await encodeKey(keys.publicKey),
    ]);
    const authData = await this.#authData(credential, this.#flags | AT, attested);
    const attestationObject = map([
      [text("fmt"), text("none")],
      [text("attStmt"), map([])],
      [text("authData"), bytes(authData)],
    ]);
    return {
      ...named(credential),
      response: {
        clientDataJSON: this.#clientData("webauthn.create", challenge).toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  /** What `startAuthentication` gives, with the passkey that was made last. */
  async get(options: unknown, credential = this.credentials.at(-1)) {
    const { challenge } = options as Authenticating;
    if (!credential) throw new Error("no passkey was made");
    credential.counter++;
    const authData = await this.#authData(credential, this.#flags, Buffer.alloc(0));
    const clientData = this.#clientData("webauthn.get", challenge);
    const signed = Buffer.concat([authData, await sha256(clientData)]);
    const signature = Buffer.from(await crypto.subtle.sign(ECDSA, credential.keys.privateKey, signed));
    return {
      ...named(credential),
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: toDer(signature).toString("base64url"),
        userHandle: credential.userHandle,
      },
    };
  }

  #clientData = (type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));

  async #authData({ rpId, counter }: Credential, flags: number, rest: Buffer): Promise<Buffer> {
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags);
    tail.writeUInt32BE(counter, 1);
    return Buffer.concat([await sha256(Buffer.from(rpId)), tail, rest]);
  }
}

const named = ({ id }: Credential) => ({
  id: id.toString("base64url"),
  rawId: id.toString("base64url"),
  type: "public-key" as const,
  clientExtensionResults: {},
});

const sha256 = async (data: Buffer): Promise<Buffer> =>
  Buffer.from(await crypto.subtle.digest("SHA-256", Uint8Array.from(data)));

/** COSE: EC2, ES256, P-256, and the point. */
async function encodeKey(key: CryptoKey): Promise<Buffer> {
  const point = Buffer.from((await crypto.subtle.exportKey("raw", key)) as ArrayBuffer);
  return map([
    [integer(1), integer(2)],
    [integer(3), integer(-7)],
    [integer(-1), integer(1)],
    [integer(-2), bytes(point.subarray(1, 33))],
    [integer(-3), bytes(point.subarray(33, 65))],
  ]);
}

/* CBOR, as far as it takes: RFC 8949. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}
const integer = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);

/** WebCrypto signs with two numbers side by side, authenticators with a sequence of two in DER. */
function toDer(signature: Buffer): Buffer {
  const number = (raw: Buffer): Buffer => {
    let start = 0;
    while (start < raw.length - 1 && raw[start] === 0) start++;
    const digits = raw.subarray(start);
    const positive = (digits[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
    return Buffer.concat([Buffer.from([2, positive.length]), positive]);
  };
  const both = Buffer.concat([number(signature.subarray(0, 32)), number(signature.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, both.length]), both]);
}
