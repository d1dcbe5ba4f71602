/** The ways into an account. */
export const entrance = {
  password: "Password",
  newPassword: "New password",
  passwordHint: (shortest: number) => `${shortest} characters or more`,
  show: "Show",
  showPassword: "Show the password",
  email: "Email",
  name: "Your name",
  or: "or",
  withPasskey: "Use a passkey instead",
  withPassword: "Use a password instead",
  wait: (time: string) => `The next try is possible in ${time}.`,
  waited: "You can try again now.",
  signIn: {
    title: "Sign in",
    passkey: "Sign in with a passkey",
    password: "Sign in",
    failed: "Email and password do not fit. Check both, and try again.",
    passkeyFailed: "This passkey opens no account here. Use another one, or your password.",
    lost: "Lost your way in? Ask whoever runs this deployment for a recovery link.",
    other: "New here? Make an account",
  },
  signUp: {
    title: "Make an account",
    text: "For whoever gives talks. Audiences need none.",
    passkey: "Continue with a passkey",
    password: "Make the account",
    refused:
      "No account was made. If you have one already, sign in. If you were invited, open the link of your invitation.",
    invalid: "Check the email address, and that the password is long enough.",
    invited: {
      title: "Accounts are by invitation",
      text: "Ask whoever runs this deployment to invite you. The link that you get opens this page.",
    },
    closed: {
      title: "No new accounts here",
      text: "Whoever runs this deployment makes none at the moment. Ask them.",
    },
    other: "You have an account? Sign in",
  },
  invitation: {
    title: "Welcome",
    text: (email: string) => `You were invited to make an account for ${email}.`,
    closed: {
      title: "No new accounts at the moment",
      text: (email: string) =>
        `You were invited to make an account for ${email}, but new accounts are closed here now. Ask whoever invited you to open them, and then open your link again: it stays good until it ends.`,
    },
  },
  recovery: {
    title: "A new way in",
    text: (email: string) =>
      `Give ${email} a new passkey or password. It is the only one then: those of before stop working, and every other browser is signed out.`,
    passkey: "Continue with a passkey",
    password: "Set the password",
  },
  badLink: "This link is not good: it was used, has expired, or is not complete. Ask for a new one.",
  isSignedIn: (email: string) => `You are signed in as ${email}. Going on here changes that.`,
  notNow: "Not now",
} as const;
