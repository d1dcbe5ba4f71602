/** Every word that people read in our pages, in English. A translation is one more file of this shape. */

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What both pages and plugin say. */
export const common = {
  people: (count: number) => plural(count, "person", "people"),
  reactions: (count: number) => plural(count, "reaction", "reactions"),
  /** Names for screen readers; any other reaction is its own name. */
  reactionNames: {
    "👍": "Thumbs up",
    "❤️": "Love",
    "😂": "Laughing",
    "🤯": "Mind blown",
    "👏": "Applause",
    "❓": "Question",
  } as Readonly<Record<string, string>>,
  connection: {
    connecting: "Connecting…",
    live: "Connected",
    fallback: "Connected",
    closed: "Disconnected",
  },
  noPass: "This is neither a host token nor an invitation link. Please paste all of it.",
  joinCode: (url: string) => `QR code to join: ${url}`,
} as const;

/** What the pages have in common. */
export const pages = {
  copy: "Copy",
  copied: "Copied.",
  notCopied: "Copying is not possible here: it is selected, copy it with the keyboard.",
  cancel: "Cancel",
  sessionField: "Session",
  noSessionName: "This is neither a session's name nor a link to one. Please paste all of it.",
  noSessionOrToken:
    "This is neither a session's name, nor a link to one, nor a host token. Please paste all of it.",
  sessionOrToken: "Host token or session",
  ownSession: {
    notStarted:
      "The session of this token was not started yet, or was forgotten. Lead the deck with the token first.",
    refused:
      "This token is not accepted here. Please check that all of it was pasted, that it was signed for this deployment, and that it has not expired.",
    failed: "The service could not be reached. Please try again.",
  },
  passRefused: "This is a host's secret, and nothing to join with. It belongs in the deck or on the stage.",
  seconds: (count: number) => `${count} s`,
  minutes: (minutes: number, seconds: number) =>
    seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`,
  hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`),
  days: (days: number, hours: number) => (hours === 0 ? plural(days, "day", "days") : `${days} d ${hours} h`),
  slide: (page: string) => `Slide ${page}`,
  beforeFirst: "Before the first slide",
} as const;

/** The phone page. */
export const audience = {
  title: "Join · revint",
  titleOf: (name: string) => `${name} · revint`,
  connecting: "Finding the session…",
  offline: "No connection. We keep trying.",
  waiting: { title: "Not started yet", text: "You are in. This page follows when the talk begins." },
  noSession: {
    title: "Which session?",
    text: "This link names no session. Scan the code on the screen again, or type the session's name or link.",
  },
  notFound: {
    title: "No such session",
    text: "The link may be incomplete. Scan the code on the screen again, or type the session's name or link.",
  },
  ended: { title: "It's over", text: "Thank you for being here." },
  results: "Its results, if the speaker has opened them",
  full: {
    title: "Nobody new can come in",
    text: "The room is full, or its door is closed for now. Keep this page open: you come in by yourself as soon as there is a place.",
  },
  crowded: {
    title: "Many come at once",
    text: "You are in line. Keep this page open: you come in by yourself in a moment.",
  },
  sentOut: {
    title: "The host has sent everybody out",
    text: "What was counted stays counted. To come in again, join anew.",
  },
  failed: { title: "This doesn't work right now", text: "Please try again in a moment." },
  tryAgain: "Try again",
  join: "Join",
  joinAgain: "Join again",
  slides: {
    see: "See the slides",
    title: "The slides",
    tab: "In a new tab",
    close: "Close",
  },
  react: "React to this slide",
  button: (name: string, count: number) => `${name}, ${count.toLocaleString("en")}`,
  paused: "Paused",
  sent: (name: string) => `${name} sent`,
  keptForLater: (count: number) =>
    `${plural(count, "reaction", "reactions")} kept, sent once you are back online`,
  refused: "One reaction was not accepted.",
  quiet: "Reactions are paused.",
  blocked: "The host does not take your reactions at the moment.",
  unconfirmed: (count: number) => `${plural(count, "reaction", "reactions")} could not be sent.`,
  announcePage: (title: string) => `Now: ${title}`,
  announceTotals: (count: number) => `${plural(count, "reaction", "reactions")} on this slide`,
} as const;

/** The reveal.js plugin. */
export const plugin = {
  keys: {
    overlay: "Show or hide the audience overlay",
    host: "Lead this deck with your audience",
    together: "Hold everyone together, take over, or return to the speaker",
    welcome: "Fill the screen with the join code",
  },
  dialog: {
    title: "Lead this deck",
    text: "Paste your host token, or the link you were invited with. It stays in this tab and is never part of the deck.",
    token: "Host token or invitation link",
    lead: "Lead",
    leadAnew: "Start it anew",
    close: "Close",
    leading: "You lead this deck",
    following: "You follow this deck",
    join: "Join link",
    overlay: "Overlay",
    together: "Hold everyone together",
    welcome: "Fill the screen with the join code",
    stage: "Open the stage",
    stop: "Stop leading in this tab",
    forget: "Forget the invitation in this tab",
    moderator:
      "You moderate: the presenters turn the slides, and this deck follows. Your buttons are on the stage.",
    key: (key: string) => `Key ${key}`,
  },
  missingApi:
    "This deck does not say where its revint service is: please set `apiUrl`, the address of your deployment, in the plugin's options.",
  badUrl: (option: string, url: string) =>
    `This deck's \`${option}\` is no address: “${url}”. Please correct it in the plugin's options.`,
  tokenStays: "The token stays in the address: once that is done, load the deck again.",
  advice: {
    tooMany: (count: number, most: number) =>
      `This deck has ${count} reactions, and a session takes up to ${most}: the first ${most} are offered. Please shorten \`reactions\` in the plugin's options.`,
    twice: (reactions: readonly string[]) =>
      `More than once in this deck's \`reactions\`, and offered once: ${reactions.join(" ")}. Please remove what is double.`,
    unfit: (reactions: readonly string[], most: number) =>
      `Not offered, since a reaction is a text of 1 to ${most} characters: ${reactions.join(", ")}. Please correct this deck's \`reactions\`.`,
  },
  problem: {
    token:
      "This is not accepted here. Please check that all of it was pasted, and that it was signed for this deployment; it may have expired, or an invitation may have been taken back.",
    role: "Your invitation does not let you drive. Ask the host.",
    notReached: "The service could not be reached. Please try again.",
    ended: "This session has ended. For another talk, use a token with another name or date.",
    notFound: "There is no such session.",
    notFollowed: {
      notFound: "There is no such session. The link may be incomplete; these slides work without it.",
      other: "The session can't be followed at the moment. These slides work without it.",
    },
    gone: "The session that this deck has led was deleted. It is not started anew unless you say so.",
    other: "The service did not accept this. Please try again later.",
  },
  slide: (number: string) => `Slide ${number}`,
  different: "This copy of the deck differs from the presenter's",
  inOrder: "This deck is not shuffled while it leads or follows: every copy would show other slides",
  overlay: "Your audience",
  noAnswer: (host: string) => `No answer from ${host}`,
  notConnected: "Not connected",
  quiet: "Reactions are paused",
  waiting: (count: number) =>
    `${count.toLocaleString("en")} ${count === 1 ? "person is" : "people are"} waiting to join: open the stage`,
  doorClosed: "The door is closed: nobody new comes in",
  more: (count: number) => `and ${count.toLocaleString("en")} more`,
  join: "Join in",
  counts: "Reactions on this slide",
  away: "Back to the speaker",
  held: "The speaker keeps everyone together",
  holding: "Held together",
  othersDrive: "Another presenter drives",
  takeOver: "Take over",
  over: "This session has ended",
  results: "See the results",
  noCode: "The code to join is drawn here once this deck has led a session in this tab.",
} as const;

/** The stage: the host's second screen, and called so once. */
export const stage = {
  title: "Stage · revint",
  heading: "Stage",
  ask: "The stage is the speaker's second screen. Paste the host token of this session, or the link you were invited with, to watch it here. It stays in this tab.",
  token: "Host token or invitation link",
  watch: "Watch",
  noSession:
    "This link names no session. Open the stage from the deck (key I), or paste your host token, or the session's name or link.",
  badToken:
    "This does not open this session. Please check that all of it was pasted, and that it is for this talk and date; it may have expired, or an invitation may have been taken back.",
  connecting: "Connecting…",
  notFound:
    "There is no such session: the link may be incomplete, or the session was forgotten. Open the stage from the deck (key I), or paste your host token, or the session's name or link.",
  openSession: "Open",
  ended: "The session has ended.",
  failed: "The service is out of reach. We keep trying.",
  tryAgain: "Try again",
  refused: "The service did not accept this. Please try again later.",
  waiting: "Not started yet",
  now: "On the screen",
  people: "People",
  total: "Reactions",
  join: "Join",
  bars: "This slide",
  controls: {
    title: "Controls",
    text: "Only you should see these: close them before this window goes to the projector.",
    close: "Close",
    key: "Key C",
    due: (count: number) => (count === 1 ? "thing to look at" : "things to look at"),
  },
  session: "The session",
  offer: {
    title: "What is offered",
    nothing: "Nothing is offered: nobody can react.",
    remove: (name: string) => `Remove ${name}`,
    add: "One more: an emoji or a short word",
    addIt: "Add",
    full: "Twelve fit on a phone. Remove one first.",
    known: "This is offered already.",
    wrong: "Please give an emoji or a word of up to 64 characters.",
    reset: "As at the start",
    ofItsOwn: "This slide has buttons of its own.",
    any: "Any reaction",
    anyText:
      "Words that people send from apps of their own are taken too, and shown on the deck: whatever they are.",
  },
  door: {
    title: "The door",
    isOpen: "Everyone with the link can join.",
    isClosed: "The door is closed: nobody new can join. Who is in stays in.",
    waiting: (count: number) =>
      `${plural(count, "person is", "people are")} waiting to join: more come at once than are let in.`,
    letMoreIn: "Let more in",
    close: "Close the door",
    open: "Open the door",
  },
  clear: "Clear the counts…",
  cleared: "The counts are cleared.",
  sendOut: "Send everybody out…",
  sentOut: "Everybody was sent out. The same link and code let people in again, as long as the door is open.",
  asks: {
    clear: {
      title: "Clear the counts?",
      text: "Every reaction so far is erased for good, here, on all phones and in the results: as after a rehearsal. Pauses, blocks and changed buttons are lifted. The link stays, and so does everyone who is here.",
      confirm: "Clear the counts",
    },
    sendOut: {
      title: "Send everybody out?",
      text: "Every phone leaves, and every invitation of a co-host is worth nothing any more. Counts, link and code stay: whoever has the link can come back, as somebody new. Close the door first if nobody should.",
      confirm: "Send everybody out",
    },
  },
  pause: "Pause reactions",
  resume: "Resume reactions",
  isPaused: "Reactions are paused.",
  takeOver: "Someone else drives: take over",
  results: "Results",
  lively: "Who reacts most right now",
  inMoments: (count: number) => `One person, ${plural(count, "reaction", "reactions")} in 10 s`,
  blocked: "One person is blocked.",
  unblock: "Let them in again",
  notDone: "The service did not do this. Please try again.",
  askBlock: {
    title: "Block this person?",
    text: "They still see the talk; their reactions are not taken any more.",
    uncount: "Also take away the reactions they have already sent: all counts go down",
    confirm: "Block",
  },
  timeline: "Reactions over time",
  timelineSummary: (total: number, peak: number, from: string) =>
    `${plural(total, "reaction", "reactions")} since ${from}, at most ${peak.toLocaleString("en")} a second`,
  peak: (rate: number) => `up to ${rate.toLocaleString("en", { maximumFractionDigits: 1 })} a second`,
  tick: (hours: number, minutes: number) =>
    hours === 0 ? `${minutes} min` : minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`,
  start: (at: string) => `since ${at}`,
  present: "now",
  coHosts: {
    open: "Co-hosts",
    title: "Co-hosts",
    close: "Close",
    youDrive: "You drive the deck.",
    drives: (name: string) => `${name} drives the deck.`,
    someone: "Someone else",
    drivesNow: "drives now",
    takeOver: "Take over",
    reading: "Reading who is invited…",
    notRead: "Who is invited can't be read at the moment.",
    full: "No more fit in: a session has up to 50 co-hosts at one time, and 1,000 invitations in all. Remove one that nobody needs.",
    tryAgain: "Try again",
    invited: "Invited",
    nobody: "Nobody yet.",
    names: {
      presenter: (number: number) => `Presenter ${number}`,
      moderator: (number: number) => `Moderator ${number}`,
    },
    invitedAt: (at: string) => `Invited ${at}`,
    remove: "Remove",
    removeOf: (name: string) => `Remove ${name}`,
    reallyRemove: "Really remove?",
    reallyRemoveOf: (name: string) => `Really remove ${name}?`,
    removed: (name: string) => `${name} is removed; the invitation is worth nothing any more.`,
    invite: "Invite someone",
    roles: {
      presenter: { name: "Presenter", may: "moves the deck and sees the results" },
      moderator: {
        name: "Moderator",
        may: "changes and pauses reactions, blocks, minds the door, and sees the results",
      },
    },
    name: "Their name, if you like",
    create: "Make an invitation link",
    link: { presenter: "The new presenter's link", moderator: "The new moderator's link" },
    secret:
      "This link is a secret: whoever has it is this co-host, until you remove them. Send it to one person. It is shown only now.",
    stageLink: "Link to the stage",
    deckText:
      "To move the slides, the presenter opens the deck itself. Where is it? The link to it is made here, and is a secret too.",
    deckAddress: "Address of the deck",
    noDeckAddress: "Please paste the whole address of the deck, beginning with https://",
    makeDeckLink: "Make the link to the deck",
    deckLink: "Link to the deck",
  },
} as const;

/** The page of a session's results. */
export const results = {
  title: "Results · revint",
  titleOf: (name: string) => `${name} · results · revint`,
  heading: "Results",
  connecting: "Reading the results…",
  noSession: {
    title: "Which session?",
    text: "This link names no session. Paste your host token, or the session's name or its join link.",
  },
  notFound: {
    title: "No such session",
    text: "The link may be incomplete, or the session and its results were forgotten. To try again, paste your host token, or the session's name or its join link.",
  },
  openSession: "Show its results",
  notPublic: {
    title: "These results are not open",
    text: "Only its hosts see them, unless they open them for everyone.",
  },
  failed: { title: "This doesn't work right now", text: "Please try again in a moment." },
  deleted: {
    title: "Everything is deleted",
    text: "The session, its reactions and everyone who took part are forgotten.",
  },
  ask: {
    title: "Results",
    text: "Paste the host token of this session, or the link you were invited with. It stays in this tab.",
  },
  isHost: "You are the host, or a co-host?",
  token: "Host token or invitation link",
  open: "Open",
  badToken:
    "This does not open this session. Please check that all of it was pasted, and that it is for this talk and date; it may have expired, or an invitation may have been taken back.",
  tryAgain: "Try again",
  live: "Running",
  over: (at: string) => `Ended ${at}`,
  reactions: "Reactions",
  people: "People",
  most: "Most at once",
  length: "Length",
  each: "Per person",
  course: "How it went",
  perBucket: (seconds: string) => `Reactions in ${seconds}`,
  peoplePresent: (most: number) => `People present, up to ${most.toLocaleString("en")}`,
  upTo: (count: number) => `up to ${count.toLocaleString("en")}`,
  courseSummary: (total: number, people: number, slides: number) =>
    `${plural(total, "reaction", "reactions")} of ${plural(people, "person", "people")} on ${plural(slides, "slide", "slides")}; the numbers stand in the table below.`,
  nothing: "No reactions.",
  moments: "Moments that stood out",
  factor: (factor: string) => `${factor}× the usual`,
  slides: "Slide by slide",
  slide: "Slide",
  shown: "Shown for",
  total: "Total",
  all: "All slides",
  table: "All numbers as a table",
  more: (count: number) => `and ${plural(count, "slide", "slides")} with fewer reactions`,
  take: "Take it with you",
  csv: "Spreadsheet (CSV)",
  ndjson: "Data (NDJSON)",
  print: "Print or save as PDF",
  saving: (rows: number, total: number) =>
    `Saving ${Math.min(rows, total).toLocaleString("en")} of ${total.toLocaleString("en")}…`,
  saved: "Saved.",
  resuming: "The connection broke off. Going on in a moment…",
  broken: (rows: number, total: number) =>
    `The download broke off after ${Math.min(rows, total).toLocaleString("en")} of ${plural(total, "reaction", "reactions")}, and trying again did not help. Nothing was saved: please try again with a better connection.`,
  refused: "The service does not give this download any more. Please open this page again.",
  host: "For the host",
  moderator: "For moderators",
  everyone: "Everyone with the link may see these results",
  isPublic: "Everyone with the link may see these results now.",
  isPrivate: "Only the hosts see these results now.",
  link: "Link to these results",
  end: "End the session…",
  ended: {
    title: "The session has ended. Its results stay.",
    text: "Every phone has said goodbye, and nobody can react any more.",
  },
  alreadyEnded: "The session has ended; this can't be changed any more.",
  notDone: "The service did not do this. Please try again.",
  remove: "Delete everything…",
  askEnd: {
    title: "End this session?",
    text: "Nobody can react any more, and every phone says goodbye. The results stay.",
    open: "Let everyone see the results",
    confirm: "End the session",
  },
  askDelete: {
    title: "Delete everything?",
    text: "The session, every reaction and everyone who took part are erased, for good. Downloads you have saved stay yours.",
    word: "delete",
    type: (word: string) => `Type “${word}” to confirm`,
    confirm: "Delete for good",
  },
  deleting: "Deleting…",
  left: (what: readonly string[]) => `Deleting… still to go: ${what.join(", ")}`,
  leftNames: {
    rooms: "reactions",
    hosts: "hosts",
    users: "people who joined",
    results: "totals",
  } as Readonly<Record<string, string>>,
} as const;
