import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** What has been found out of a request before api has it. */
export interface Visit {
  /** Whose request it is, as an address: limits are counted by it. */
  readonly address: string;
  /** Where they think that they are: what links and cookies are made for. */
  readonly origin: string;
}

interface VisitorOptions {
  /** The addresses and networks of proxies that are believed. */
  readonly trusted: readonly string[];
  readonly publicUrl: string | undefined;
  readonly isTls: boolean;
}

/**
 * Reads who asks, and for which address. What a request says of that itself (`X-Forwarded-…`) counts only where it comes
 * from a proxy that is believed; what anybody else says is as good as not said.
 */
export class VisitorReader {
  readonly #trusted = new BlockList();
  readonly #publicUrl: string | undefined;
  readonly #scheme: string;

  constructor({ trusted, publicUrl, isTls }: VisitorOptions) {
    for (const network of trusted) {
      const [address = "", bits] = network.split("/");
      const family = isIP(address) === 6 ? "ipv6" : "ipv4";
      if (bits === undefined) this.#trusted.addAddress(address, family);
      else this.#trusted.addSubnet(address, Number(bits), family);
    }
    this.#publicUrl = publicUrl;
    this.#scheme = isTls ? "https" : "http";
  }

  /** `undefined` where the request names no address that could be ours. */
  read({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">): Visit | undefined {
    const peer = plainAddress(socket.remoteAddress ?? "");
    const isProxy = this.#isTrusted(peer);
    const address = isProxy ? this.#findVisitor(listOf(headers["x-forwarded-for"]), peer) : peer;
    if (this.#publicUrl !== undefined) return { address, origin: this.#publicUrl };
    const scheme = isProxy ? listOf(headers["x-forwarded-proto"]).at(-1) : undefined;
    const host = (isProxy ? listOf(headers["x-forwarded-host"]).at(-1) : undefined) ?? headers.host ?? "";
    const origin = originOf(scheme === "https" || scheme === "http" ? scheme : this.#scheme, host);
    return origin === undefined ? undefined : { address, origin };
  }

  /** Whether what this peer says of others is believed. */
  isProxy({ socket }: Pick<IncomingMessage, "socket">): boolean {
    return this.#isTrusted(plainAddress(socket.remoteAddress ?? ""));
  }

  /** From the last to the first: each proxy adds whom it saw. The first that is none of ours is whoever asks. */
  #findVisitor(forwarded: readonly string[], peer: string): string {
    let address = peer;
    for (const text of [...forwarded].reverse()) {
      const next = plainAddress(text);
      if (isIP(next) === 0) return address;
      address = next;
      if (!this.#isTrusted(address)) return address;
    }
    return address;
  }

  #isTrusted(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && this.#trusted.check(address, family === 6 ? "ipv6" : "ipv4");
  }
}

const listOf = (header: string | string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .flatMap((line) => line.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");

/** An IPv4 address as such, also where a socket for both kinds writes it as IPv6. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

function originOf(scheme: string, host: string): string | undefined {
  const url = `${scheme}://${host}`;
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(url)) return undefined;
  return new URL(url).origin;
}
