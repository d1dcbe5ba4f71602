import { plural } from "../plural.ts";

/** All accounts, for an admin. */
export const admin = {
  heading: "All accounts",
  invite: {
    title: "Invite somebody",
    role: "As",
    roles: { host: "Host", admin: "Admin" },
    create: "Make an invitation link",
  },
  link: {
    invitation: (email: string) => `Invitation for ${email}`,
    recovery: (email: string) => `Recovery link for ${email}`,
    text: (until: string) =>
      `Send it to them alone: whoever opens it first may use it, once, until ${until}. It is shown only now.`,
  },
  list: "Accounts",
  seen: (at: string) => `last seen ${at}`,
  talks: (count: number) => plural(count, "talk", "talks"),
  decks: (count: number) => plural(count, "deck", "decks"),
  isDeleting: "is being erased",
  isYou: "you",
  recover: "Recovery link",
  recoverOf: (email: string) => `Recovery link for ${email}`,
  remove: "Delete…",
  removeOf: (email: string) => `Delete ${email}`,
  ask: {
    title: (email: string) => `Delete ${email}?`,
    text: "Everything of this account goes, for good: its talks with their sessions and results, and its decks.",
    confirm: "Delete for good",
  },
  removed: (email: string) => `${email} is being erased.`,
  makeAdmin: "Make an admin",
  makeAdminOf: (email: string) => `Make an admin of ${email}`,
  makeHost: "No admin any more",
  makeHostOf: (email: string) => `No admin any more: ${email}`,
  changed: (email: string, role: string) => `${email} is ${role} now.`,
  roles: { host: "a host", admin: "an admin" },
  invited: "This email has an account already. If they can't come in, make a recovery link below.",
  conflict: "The last admin has to stay. Make somebody else one first.",
} as const;
