import type { AccountRole, Accounts, OneTimeLink } from "../../../shared/protocol/host/account.ts";
import { type Fields, isNumber, isText } from "../../client/fields.ts";
import { readAccount } from "../account/account-service.ts";
import { ask, askFor, fromCursor, type ListPage, readList } from "../service.ts";

/* All accounts, for an admin. */

export type UsedAccount = Accounts["accounts"][number];

/** @throws RevintError `not_admin` */
export const listAccounts = (cursor?: string): Promise<ListPage<UsedAccount>> =>
  askFor(readList("accounts", readUsed), "GET", `admin/accounts${fromCursor(cursor)}`);

export const invite = (email: string, role: AccountRole): Promise<OneTimeLink> =>
  askFor(readLink, "POST", "admin/invitations", { email, role });

export const makeRecovery = (account: string): Promise<OneTimeLink> =>
  askFor(readLink, "POST", `admin/accounts/${encodeURIComponent(account)}/recovery`);

export const setRole = async (account: string, role: AccountRole): Promise<void> => {
  await ask("PUT", `admin/accounts/${encodeURIComponent(account)}/role`, { role });
};

/** Everything of it is erased, which takes a while. */
export const deleteAccount = async (account: string): Promise<void> => {
  await ask("DELETE", `admin/accounts/${encodeURIComponent(account)}`);
};

const readLink = ({ url, expiresAt }: Fields): OneTimeLink | undefined =>
  isText(url) && isNumber(expiresAt) ? { url, expiresAt } : undefined;

function readUsed(entry: Fields): UsedAccount | undefined {
  const account = readAccount(entry);
  const { lastSeenAt, talks, decks, bytes, isDeleting } = entry;
  if (!account || !isNumber(lastSeenAt) || !isNumber(talks) || !isNumber(decks) || !isNumber(bytes))
    return undefined;
  return { ...account, lastSeenAt, talks, decks, bytes, isDeleting: isDeleting === true };
}
