import { plural } from "./plural.ts";

const quote = (name: string): string => `“${name}”`;

/** The page of a host's account. */
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

  passkey: {
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
  },

  entrance: {
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
  },

  talks: {
    heading: "Talks",
    field: "Name of a new talk",
    deck: "Deck",
    noDeck: "None: the stage runs it",
    bringDeck: "Bring a deck",
    sameDeck: "The same as before",
    create: "Create",
    created: (name: string) => `“${name}” is ready.`,
    first: {
      title: "Your first talk",
      text: "Give it a name. It gets its links at once: present it, and the audience joins by a QR code.",
    },
    groups: { running: "Running now", upcoming: "Upcoming", over: "Over" },
    present: "Present",
    presentOf: (name: string) => `Present ${name}`,
    stage: "Stage",
    stageOf: (name: string) => `Stage of ${name}`,
    results: "Results",
    resultsOf: (name: string) => `Results of ${name}`,
    recap: "Recap",
    recapOf: (name: string) => `Recap of ${name}`,
    code: "Code",
    codeOf: (name: string) => `Code to join ${name}`,
    more: "More",
    moreOf: (name: string) => `More about ${name}`,
    people: (count: number) => plural(count, "person", "people"),
    reactions: (count: number) => plural(count, "reaction", "reactions"),
    asked: (count: number) => plural(count, "activity", "activities"),
    questions: (count: number) => plural(count, "question", "questions"),
    moments: "Most reactions",
    edit: {
      open: "Change…",
      title: "Change the talk",
      name: "Name",
      date: "Date",
      text: "A talk that was started shows its new name and date when it is next opened.",
      changed: "The talk is changed.",
    },
    join: {
      title: "Join by phone",
      text: "Show this code, or hand on the address. It stays the same for this talk.",
      link: "Address",
      onlyHere:
        "Phones can't open this address: it is this computer's own. To let them in, start with HOST=0.0.0.0 and open this page at the address that is printed then.",
    },
    token: {
      open: "New token…",
      title: "Make a new token?",
      text: "Links of before stop working at once: decks, stages and results that were opened with them, and everyone you gave them to. The code for phones stays.",
      confirm: "Make a new token",
      done: "There is a new token. Open deck and stage from here again.",
    },
    remove: {
      open: "Delete…",
      title: (name: string) => `Delete “${name}”?`,
      text: "The talk goes for good: its session, every reaction, answer and question, its results, and its saved activities. Its code stops working. The deck stays.",
      confirm: "Delete for good",
      done: (name: string) => `“${name}” is deleted.`,
    },
    activities: {
      open: "Activities…",
      title: "Saved activities",
      text: "What you want to ask. Answers are not saved with it.",
      none: "Nothing is saved with this talk.",
      remove: "Remove",
      removeOf: (prompt: string) => `Remove ${prompt}`,
      removed: "It is removed.",
      saved: "It is saved.",
      copy: "Copy from another talk",
      from: "Talk",
      take: "Copy",
      noOther: "There is no other talk to copy from.",
      nothing: "That talk has nothing that is not here already.",
      copied: (count: number) => `${plural(count, "activity is", "activities are")} copied.`,
      full: "More than a talk takes: 200 activities, or very long ones. Remove some first.",
      kinds: {
        choice: "Poll",
        scale: "Rating",
        number: "Number",
        words: "Word cloud",
        text: "Open question",
        order: "Order",
      } as Readonly<Record<string, string>>,
    },
  },

  opened: {
    deck: "Opening the deck…",
    stage: "Opening the stage…",
    results: "Opening the results…",
    recap: "Opening the recap…",
    back: "Back to your talks",
    broken: "This link is not complete. Open the talk from your list.",
  },

  account: {
    heading: "Account",
    profile: "You",
    name: "Name",
    email: "Email",
    passkeys: {
      title: "Passkeys",
      text: "A passkey lets you in with your fingerprint, face, or the lock of your device.",
      none: "You have none yet.",
      added: (at: string) => `Added ${at}`,
      used: (at: string) => `last used ${at}`,
      unused: "not used yet",
      name: "Name for a new one",
      add: "Add a passkey",
      done: "The passkey is added.",
      remove: "Remove",
      removeOf: (name: string) => `Remove ${name}`,
      ask: {
        title: (name: string) => `Remove “${name}”?`,
        text: "It opens your account no longer. Delete it on your device, too.",
        confirm: "Remove the passkey",
      },
      removed: "The passkey is removed.",
      defaultName: "Passkey",
    },
    password: {
      title: "Password",
      has: "Your password is set.",
      hasNone: "You have none: your passkeys let you in.",
      current: "Current password",
      next: "New password",
      set: "Set the password",
      text: "Every other browser is signed out.",
      done: "The password is set, and every other browser is signed out.",
      wrong: "The current password is not right. Type it again.",
    },
    browsers: {
      title: "Signed in",
      isThis: "this browser",
      seen: (at: string) => `last seen ${at}`,
      since: (at: string) => `since ${at}`,
      here: "Sign out here",
      signOut: "Sign out",
      signOutOf: (browser: string) => `Sign out ${browser}`,
      signedOut: "That browser is signed out.",
      everywhere: "Sign out everywhere",
      ask: {
        title: "Sign out everywhere?",
        text: "Every browser is signed out, this one included. Decks and stages that are open stay open.",
        confirm: "Sign out everywhere",
      },
    },
    log: {
      title: "What happened at your account's door",
      text: "The last 90 days.",
      none: "Nothing yet.",
      at: "When",
      what: "What",
      where: "Where",
      events: {
        "sign-up": "Account made",
        password: "Signed in with the password",
        passkey: "Signed in with a passkey",
        recovery: "New way in, by a recovery link",
        failed: "A try that failed",
        "sign-out": "Signed out",
        "sign-out-everywhere": "Signed out everywhere",
        "password-changed": "Password set",
        "passkey-added": "Passkey added",
        "passkey-removed": "Passkey removed",
      } as Readonly<Record<string, string>>,
    },
    remove: {
      title: "Delete the account",
      text: "Everything goes, for good: your talks with their sessions and results, your decks, and your account.",
      open: "Delete the account…",
      ask: "Delete your account?",
      confirm: "Delete for good",
      erasing: {
        title: "Your account is being erased",
        text: "Talks, decks and sessions go one after the other. You need not wait, and can close this page.",
      },
      lastAdmin: "You are the only admin. Make somebody else one first.",
    },
  },

  admin: {
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
  },

  decks: {
    heading: "Decks",
    none: "You have brought no deck along yet.",
    kinds: { markdown: "Markdown", pdf: "PDF" },
    pages: (count: number) => plural(count, "slide", "slides"),
    uploading: "not complete yet",
    isUploading: "on its way",
    goOn: "Go on…",
    goOnOf: (title: string) => `Go on with ${title}`,
    newTalk: "New talk",
    newTalkOf: (title: string) => `New talk with ${title}`,
    upload: {
      heading: "Bring a deck",
      text: "A PDF, or Markdown with its pictures: choose them together, or drop them here. From PowerPoint, Keynote or Google Slides, export as PDF.",
      choose: "Choose files…",
      wanted: (title: string) =>
        `Choose the file of ${quote(title)} once more: only what is missing is sent.`,
      notWanted: "Another deck instead",
      title: "Title",
      chosen: (facts: string) => `This is fine: ${facts}.`,
      pictures: (count: number) => plural(count, "picture", "pictures"),
      send: "Upload",
      notThis: "Not this one",
      reading: "Looking at it…",
      sending: (title: string) => `Uploading ${quote(title)}…`,
      waiting: "Waiting for the network. It goes on by itself.",
      finishing: "Almost there…",
      stopping: "Stopping…",
      progress: (sent: string, total: string) => `${sent} of ${total}`,
      percent: (percent: number) => `${percent} % uploaded`,
      hint: "Keep this page open. If it gets closed, choose the same file again: it goes on where it was.",
      cancel: "Cancel",
      cancelled: "The upload was cancelled. Nothing of it is kept.",
      stopped: "The upload was stopped. What was sent is removed within a day, or delete it below.",
      done: (title: string) => `${quote(title)} is ready.`,
      notValid: (detail: string) => `This can't be shown yet: ${detail}. Change that, and try again.`,
      refused: {
        unknown: (file: string) =>
          `${quote(file)} is neither PDF nor Markdown. Export it as PDF, and choose that.`,
        presentation: (file: string) =>
          `${quote(file)} is a presentation that only its own program opens. Export it as PDF there, and choose that.`,
        several: () => "One deck at a time: choose one PDF, or one Markdown file with its pictures.",
        noText: () => "These are pictures only. Choose the Markdown file that shows them, too.",
        empty: (file: string) => `${quote(file)} is empty. Choose another file.`,
        unreadable: (file: string) =>
          `${quote(file)} can't be read. If it was moved or changed, choose it again.`,
        notPdf: (file: string) =>
          `${quote(file)} is called a PDF and is none. Export it once more as PDF, and choose that.`,
        broken: (file: string) => `${quote(file)} is damaged. Export it once more as PDF, and choose that.`,
        protected: (file: string) =>
          `${quote(file)} is protected. Export it without a password, and choose that.`,
        missing: () =>
          "What reads PDFs could not be loaded. Check your connection, load this page again, and choose the file once more.",
        large: (file: string) =>
          `${quote(file)} is larger than 100 MB. Export it with smaller pictures, and choose that.`,
        manyPages: (file: string) =>
          `${quote(file)} has more than 300 pages. Split it, and bring the parts one by one.`,
        largeText: (file: string) =>
          `${quote(file)} is larger than 1 MB of text. Split it, and bring the parts one by one.`,
        manyPictures: () => "These are more than 100 pictures. Leave some out, and choose them again.",
        noPicture: (file: string) =>
          `${quote(file)} is no picture that can be shown. Save it as PNG, JPEG, GIF, WebP or AVIF.`,
        largePicture: (file: string) =>
          `${quote(file)} is larger than 10 MB. Make it smaller, and choose it again.`,
        pictureName: (file: string) =>
          `${quote(file)} can't be called that. Rename it, there and in the Markdown, with letters, digits, “-”, “_” and “.” only.`,
        otherFile: (title: string) =>
          `This is not the file of ${quote(title)}. Choose that one, or delete the deck below and bring the new one.`,
      },
      write: {
        open: "Write slides",
        close: "Not now",
        field: "Slides, in Markdown",
        hint: "Three dashes between empty lines begin the next slide. What you write is kept in this browser until the deck is made.",
        file: "My slides.md",
        save: "Make the deck",
        example: `# My talk

Who I am, and what this is about

---

## Three things

- One
- Two
- Three

Note: only you see this.

---

## What do you think?

\`\`\`revint-choice opinion
Do you agree?
- Yes
- No
- I don't know yet
\`\`\`
`,
      },
    },
    open: "Look at",
    openOf: (title: string) => `Look at ${title}`,
    rename: "Rename…",
    renameOf: (title: string) => `Rename ${title}`,
    renamed: "The deck has a new title.",
    edit: { title: "Rename the deck", field: "Title" },
    remove: "Delete…",
    removeOf: (title: string) => `Delete ${title}`,
    ask: {
      title: (title: string) => `Delete “${title}”?`,
      text: "The deck and its pictures go, for good. Talks that show it go on without a deck.",
      confirm: "Delete the deck",
    },
    removed: (title: string) => `“${title}” is deleted.`,
  },
} as const;
