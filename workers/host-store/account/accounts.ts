import * as z from "zod";
import { Account } from "../../../shared/protocol/host/account.schema.ts";

/** What everybody may know of an account who is signed in to it. */
export const ACCOUNT_COLUMNS = `accounts.id, accounts.email, accounts.name, accounts.role,
  accounts.password IS NOT NULL AS hasPassword, accounts.created_at AS createdAt`;

/** A row of these columns. */
export const AccountRow = Account.extend({ hasPassword: z.number().transform((is) => is === 1) });
