import { account } from "./host/account.ts";
import { admin } from "./host/admin.ts";
import { decks } from "./host/decks.ts";
import { entrance } from "./host/entrance.ts";
import { opened } from "./host/opened.ts";
import { passkey } from "./host/passkey.ts";
import { talks } from "./host/talks.ts";

/** The page of a host's account: a file for each of its sections. */
export const host = {
  title: "Host · revint",
  titleOf: (view: string) => `${view} · host · revint`,
  opening: "One moment…",
  failed: {
    title: "This doesn't work right now",
    text: "The service could not be reached. Please try again in a moment.",
  },
  views: { talks: "Talks", decks: "Decks", account: "Account", admin: "All accounts" },
  navigation: "Your account",
  more: "Show more",
  reading: "Reading…",
  notLoaded: "This can't be shown right now. We keep trying.",
  save: "Save",
  saved: "Saved.",
  close: "Close",
  emailAgain: (email: string) => `Type “${email}” to confirm`,

  /** What went wrong, by the service's code, wherever nothing else says it better. */
  problems: {
    network: "The service could not be reached. Check your connection, and try again.",
    not_signed_in: "You are not signed in any more. Sign in to go on.",
    rate_limited: "Too many requests came from your network. Wait a minute, and try again.",
    too_many_attempts: "Too many wrong tries. Wait until the next one is possible.",
    sign_in_failed: "This does not let you in. Check what you typed, and try again.",
    link_not_valid: "This link is not good any more. Ask for a new one.",
    limit_reached: "There is no room for more. Delete what you no longer need, and try again.",
    last_way_in: "This is the only way into your account. Add another one first.",
    talk_not_found: "This talk was deleted. Load the page again to see what is there.",
    deck_not_found: "This deck was deleted. Load the page again to see what is there.",
    account_not_found: "This account was deleted. Load the page again to see what is there.",
    sign_up_closed:
      "New accounts are closed here. Whoever runs this deployment opens them; recovery links work all the same.",
    not_admin: "Only an admin may do this. Ask one to do it.",
    foreign_origin: "The service takes this from its own pages only. Open this page at its usual address.",
    not_configured: "Accounts are not set up here yet. Ask whoever runs this deployment to finish that.",
    invalid_request: "Something in it is not as it should be. Check what you typed, and try again.",
    conflict: "It was changed somewhere else. Load the page again, and try once more.",
    too_large: "This is more than the service takes. Make it smaller, and try again.",
    other: "The service did not do this. Please try again in a moment.",
  } as Readonly<Record<string, string>>,

  passkey,
  entrance,
  talks,
  opened,
  account,
  admin,
  decks,
} as const;
