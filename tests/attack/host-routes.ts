import { PASSWORD } from "../host-browser.ts";
import { hostProtocolPage, rowsOf } from "../protocol-page.ts";

/** One row of the table of routes in docs/host-protocol.md. */
export interface HostRoute {
  readonly method: string;
  /** Below `/api/v1/host/`, with `{account}`, `{talk}`, `{deck}` and the like. */
  readonly path: string;
  readonly who: string;
}

/** Every route of hosts. What everybody reads of a deck is no host's. */
export const HOST_ROUTES: readonly HostRoute[] = rowsOf("| request of a host |", hostProtocolPage)
  .map(([request = "", who = ""]) => {
    const [method = "", path = ""] = request.split(" ");
    return { method, path, who };
  })
  .filter(({ path }) => !path.startsWith("/"));

export const nameRoute = ({ method, path }: Pick<HostRoute, "method" | "path">): string =>
  `${method} ${path}`;

/** The Markdown of the deck that these bodies make. */
export const MARKDOWN = "# One";

/** Bodies with which nothing is wrong, of the routes that take one. */
export const HOST_BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "POST sign-out": {},
  "POST links": { link: "a".repeat(43) },
  "POST recover": { link: "a".repeat(43), password: PASSWORD },
  "POST passkeys/options": { for: "add" },
  "POST passkeys": { passkey: { id: "a", type: "public-key" }, name: "Key" },
  "PATCH me": { name: "Ada" },
  "PUT me/password": { password: PASSWORD, current: PASSWORD },
  "PUT admin/accounts/{account}/role": { role: "admin" },
  "POST admin/invitations": { email: "bea@example.org" },
  "POST talks": { name: "A talk", date: "2026-11-27" },
  "PATCH talks/{talk}": { name: "Mine" },
  "PUT talks/{talk}/activities": { activities: [] },
  "POST talks/{talk}/flows": {
    flows: [{ id: "end", name: "End", on: { event: "ended" }, do: [{ do: "recap" }] }],
  },
  "PUT talks/{talk}/flows/{flow}": { name: "End", on: { event: "ended" }, do: [{ do: "recap" }] },
  "POST decks": { title: "A deck", kind: "markdown", bytes: MARKDOWN.length },
  "PATCH decks/{deck}": { title: "Mine" },
};
