/** What a passkey did not do. */
export const passkey = {
  cancelled: "No passkey was used. Try again, or use a password.",
  problems: {
    passkey_exists: "This device has a passkey of this account already. Use that one.",
    passkey_failed: "The passkey did not work here. Try again, or use a password.",
    passkey_missing: "Passkeys could not be loaded. Check your connection, and try again.",
  },
  hindrances: {
    address: "Passkeys need a name in the address, and don't work here.",
    elsewhere: (link: string) => `Open ${link} instead to use one.`,
    insecure: "Passkeys need https, and don't work at this address.",
    browser: "This browser has no passkeys.",
  },
} as const;
