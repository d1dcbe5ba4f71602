import { ModelError } from "./model-error.ts";

/**
 * Where the model is. Whoever deploys sets these, as vars and a secret of the Worker; no host and no audience can. So the
 * rules about its address are for mistakes, not for attackers.
 */
export interface ModelEnv {
  /** Up to what `/chat/completions` is appended to. None: there is no model. */
  readonly LLM_URL?: string | undefined;
  readonly LLM_MODEL?: string | undefined;
  /** A secret. A model on one's own machine needs none. */
  readonly LLM_KEY?: string | undefined;
  /** Milliseconds: until the first words of the answer, between two pieces of it, and all of it. */
  readonly LLM_FIRST_MS?: string | undefined;
  readonly LLM_SILENCE_MS?: string | undefined;
  readonly LLM_WHOLE_MS?: string | undefined;
}

/** How long a model may take, in milliseconds. */
export interface ModelPatience {
  /** Until its first words: a local model loads in this time and reads the whole prompt, others think. */
  readonly first: number;
  /** Between two pieces of its text. */
  readonly silence: number;
  readonly whole: number;
}

export interface ModelSettings {
  readonly url: string;
  readonly model: string;
  readonly key?: string;
  readonly patience: ModelPatience;
}

const PATIENCE: ModelPatience = { first: 120_000, silence: 20_000, whole: 300_000 };

/** The model that this deployment has, or undefined. It never throws: what is wrong, `getChatAddress` says when asked. */
export function readModelSettings(env: ModelEnv): ModelSettings | undefined {
  const url = env.LLM_URL?.trim();
  if (!url) return undefined;
  const key = env.LLM_KEY?.trim();
  return {
    url,
    model: env.LLM_MODEL?.trim() ?? "",
    ...(key && { key }),
    patience: {
      first: readMilliseconds(env.LLM_FIRST_MS, PATIENCE.first),
      silence: readMilliseconds(env.LLM_SILENCE_MS, PATIENCE.silence),
      whole: readMilliseconds(env.LLM_WHOLE_MS, PATIENCE.whole),
    },
  };
}

/** A timer takes no more than 31 bits; a mistyped number is the default. */
function readMilliseconds(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 && value < 2 ** 31 ? value : otherwise;
}

const misconfigured = (message: string) => new ModelError("unavailable", message, { isFinal: true });

/**
 * Where questions to the model go. The key and the audience's words leave the machine encrypted or not at all: `http:` is
 * for addresses of one's own machine or network, which is known by the address itself, since a name may lead anywhere.
 * @throws ModelError for an address that is none or not a safe one, and for a model without a name
 */
export function getChatAddress({ url, model }: ModelSettings): URL {
  if (!model) throw misconfigured("The model has no name yet: LLM_MODEL is not set.");
  if (!URL.canParse(url)) throw misconfigured("The model has no address: LLM_URL is no web address.");
  const address = new URL(url);
  if (address.username || address.password)
    throw misconfigured("The model's key belongs in LLM_KEY, not in LLM_URL.");
  const isSafe = address.protocol === "https:" || (address.protocol === "http:" && isOwn(address.hostname));
  if (!isSafe) throw misconfigured("The model's address, LLM_URL, has to begin with https://.");
  const path = address.pathname.replace(/\/+$/, "");
  address.pathname = path.endsWith("/chat/completions") ? path : `${path}/chat/completions`;
  address.hash = "";
  return address;
}

/** This machine, or its own network. A URL writes every form of an IPv4 address as four numbers. */
const OWN = [
  /^localhost$/,
  /\.localhost$/,
  /^127\.\d+\.\d+\.\d+$/,
  /^\[::1\]$/,
  /^10\.\d+\.\d+\.\d+$/,
  /^172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^\[f[cd][\da-f]{2}:.*\]$/,
];

const isOwn = (host: string) => OWN.some((pattern) => pattern.test(host));
