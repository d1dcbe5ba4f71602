/**
 * Why a webhook is not sent to an address, as the end of a sentence, or undefined. A host chooses it, so it must not lead to
 * where only this service can go. What a name resolves to, a Worker can't see: where it runs, its requests leave from
 * outside any private network, and a server of one's own denies them in its runtime.
 * @param isPrivateAllowed private and loopback addresses, and `http:`, may be sent to: on one's own machine
 */
export function refuseAddress(url: string, isPrivateAllowed: boolean): string | undefined {
  if (!URL.canParse(url)) return "its address is none";
  const { protocol, hostname, username, password } = new URL(url);
  if (protocol !== "https:" && !(isPrivateAllowed && protocol === "http:"))
    return "its address has to begin with https://";
  if (username || password) return "its address has a name or a password in it";
  if (!isPrivateAllowed && isPrivate(hostname)) return "its address is not one of the public internet";
  return undefined;
}

/**
 * A URL has written its host in one form by now: every kind of IPv4 address (decimal, octal, hexadecimal, shortened, in
 * other digits) as four numbers, IPv6 in brackets, names in lower case; a dot may end them.
 */
function isPrivate(host: string): boolean {
  const name = host.replace(/\.+$/, "");
  if (name.startsWith("[")) return !isPublicIpv6(name.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return isReservedIpv4(name);
  // A name without a dot is one of a network's own, as are those below: no registry gives them to anybody.
  return (
    !name.includes(".") || OWN_NAMES.has(name.slice(name.lastIndexOf(".") + 1)) || /\.home\.arpa$/.test(name)
  );
}

const OWN_NAMES = new Set([
  "localhost",
  "localdomain",
  "local",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "test",
  "invalid",
  "onion",
]);

/**
 * What IANA has set aside: first address and length of the prefix.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const RESERVED_IPV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  // Multicast, reserved, and the broadcast.
  ["224.0.0.0", 3],
] as const;

const isReservedIpv4 = (address: string): boolean =>
  RESERVED_IPV4.some(([first, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(toNumber(address) / size) === Math.floor(toNumber(first) / size);
  });

const toNumber = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/**
 * Only 2000::/3 is given to anybody, without what it sets aside: so loopback, link-local, unique-local, multicast, and
 * IPv4 addresses that are mapped or translated (NAT64) are none.
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
function isPublicIpv6(address: string): boolean {
  const [first = 0, second = 0] = address.split(":").map((group) => Number.parseInt(group || "0", 16));
  if (first < 0x2000 || first > 0x3fff) return false;
  // Protocols (Teredo, ORCHID), documentation, 6to4, AS112, documentation again.
  const isProtocol = first === 0x2001 && second < 0x200;
  const isDocumentation = (first === 0x2001 && second === 0xdb8) || (first === 0x3fff && second < 0x1000);
  const isElsewhere = first === 0x2002 || (first === 0x2620 && second === 0x4f);
  return !isProtocol && !isDocumentation && !isElsewhere;
}
