export const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Every number that a part of revint promises or refuses by, in one place.
 * docs/protocol.md lists the public ones; docs/capacity.md says where they come from.
 */
export const LIMITS = {
  /** A request body or one pipe message, in bytes of UTF-8. */
  bodyBytes: 16 * 1024,
  /** A page or a reaction, in characters (code points). */
  textLength: 64,
  /** A state, in bytes of UTF-8. */
  stateBytes: 4 * 1024,
  /** `name` and `date` of a token, in characters. */
  nameLength: 200,
  /** A host token as sent, in characters: two names in JSON and an RSA-4096 signature fit easily. */
  tokenLength: 4096,
  /** A URL given at creation, in characters. */
  urlLength: 2048,
  /** Buttons a session may offer. */
  reactions: 12,
  /** An idempotency key, in visible ASCII characters. */
  idLength: 64,
  /** Reactions that rules may name, for the session or for one page, and pages that they may name. */
  allowedReactions: 50,
  rulePages: 200,
  /** Participants a host may block. */
  blocked: 1000,
  /** Co-hosts at one time, and invitations ever, removed ones included. */
  coHosts: 50,
  invitations: 1000,
  /** Keys of overlays at one time. */
  overlays: 10,
  /**
   * Different (page, reaction) pairs of one session, their size in bytes of UTF-8, and those that one participant
   * may be the first to use. What is offered on a page that was shown, or that rules name, is not among them.
   */
  kinds: 1000,
  kindBytes: 64 * 1024,
  kindsPerParticipant: 20,
  /** Pages that a deck may show, as far as reactions are taken on them. */
  shownPages: 1000,
  /** Pairs that one ledger keeps of one interaction at the very most, whatever its session admits. */
  kindsCeiling: 20_000,
  /** People who may join one session, unless its host says otherwise, and at the very most. */
  maxParticipants: 20_000,
  maxParticipantsCeiling: 1_000_000,
  joinsPerSecond: 1000,
  /** Newcomers a minute at least, and how many times the expected audience, unless the rules say otherwise. */
  joinsPerMinute: 200,
  joinsPerExpected: 4,
  /** A place that is not used for so long after joining is given to somebody else, in milliseconds. */
  placeMs: 2 * 60 * 1000,
  /** Open pipes of one uid. */
  pipesPerUid: 4,
  /** A pipe that sends more than this every second, for this many seconds in a row, is closed with 1008. */
  messagesPerSecond: 50,
  floodSeconds: 5,
  /** One that sends more than this within one second is closed at once. */
  messagesAtOnce: 200,
  /** What may be on its way to a pipe or event stream whose reader says nothing, in bytes; with more it is closed. */
  unreadBytes: 256 * 1024,
  /** One participant's token bucket: tokens a second, and tokens at most. */
  reactionsPerSecond: 5,
  reactionsBurst: 20,
  /** One batch from a room to its ledger. */
  batchReactions: 1000,
  batchBytes: 1_000_000,
  /** Reactions of one room that wait for their batch; more are `unavailable` at once. */
  queuedReactions: 20_000,
  /** A ledger that has not answered by then counts as failed, in milliseconds. */
  ledgerTimeoutMs: 5000,
  /** A ledger remembers (uid, id) for this long; a client resends for at most half of it. */
  rememberMs: 2 * 60 * 60 * 1000,
  /** At least this long between two publications, in milliseconds: to hosts and parents, to users. */
  hostCadenceMs: 250,
  userCadenceMs: 1000,
  /** Users of a session with more people connected than this hear of their number at most so often, in milliseconds. */
  crowd: 100,
  crowdCadenceMs: 5000,
  /** Clients ping this often, in milliseconds. */
  pingMs: 30_000,
  /** A socket that has not pinged for this long counts as gone: its room closes it, in milliseconds. */
  silentMs: 90_000,
  /** One that has missed a ping makes place for a new one of the same uid, in milliseconds. */
  ghostMs: 45_000,
  /** A session is forgotten so many days after its last activity, unless its host says otherwise. */
  retentionDays: 30,
  retentionDaysCeiling: 365,
  /**
   * A session's join code leads to it for so long after its end, and then to nothing for so long before it is given
   * again, in milliseconds. Wrong ones that one address may try a minute, before it has to wait.
   */
  joinCodeMs: DAY_MS,
  joinCodeRestMs: DAY_MS,
  wrongJoinCodesPerMinute: 100,
  /** Buckets of one timeline. */
  buckets: 2000,
  /**
   * Exports of one session that users read at a time, how long those who ask have one snapshot in common, and how
   * long one waits to be read on before it is cut, in milliseconds.
   */
  userExports: 2,
  snapshotMs: 10_000,
  stalledMs: 20_000,
  /** How often one participant may ask to be forgotten. */
  forgetsPerMinute: 5,
  /** Activities of one session, their definitions in bytes of JSON, and how many are open at once. */
  activities: 200,
  activityBytes: 256 * 1024,
  openActivities: 20,
  /** What is asked, an option's text and a label, in characters; options of one activity. */
  promptLength: 500,
  optionLength: 200,
  options: 20,
  /** Different words or numbers of one round, as far as one room knows of them, and how many of them are told. */
  openKeys: 5000,
  /** Bytes of all different words and numbers of a session, as far as one room knows of them. */
  openBytes: 2 ** 20,
  toldKeys: 100,
  /** People that a ranking lists. */
  ranked: 100,
  /** Questions from the audience: their length in characters, how many of a session, and of one person while they wait. */
  questionLength: 500,
  questions: 1000,
  questionsPerPerson: 3,
  /** A host's answer in writing, in characters. */
  writtenAnswerLength: 1000,
  /** Questions on top of the order whose texts, and whose votes, users are told without asking. */
  toldQuestions: 20,
  toldVotes: 100,
  /** Questions of one page of a list. */
  questionPage: 100,
  /** The name that somebody gives themselves, in characters, and how often they may give one. */
  personNameLength: 32,
  namesPerMinute: 5,
  /** Rows of one page of a list. */
  listPage: 1000,
  /** Of an account: the name and email in characters, passwords, and what is kept of each kind. */
  accountNameLength: 100,
  emailLength: 254,
  passwordShortest: 8,
  passwordLongest: 256,
  credentialIdLength: 1400,
  passkeys: 20,
  signIns: 50,
  talks: 10_000,
  decks: 100,
  deckBytesOfAccount: 2 * 10 ** 9,
  /** Talks, decks, accounts and events of one page of a console's list. */
  consolePage: 50,
  /** A browser stays signed in so long after it was last used, in days; a one-time link, a challenge and a log last so long. */
  signInDays: 30,
  invitationDays: 7,
  recoveryDays: 1,
  challengeMs: 5 * 60 * 1000,
  logDays: 90,
  /** A talk's token is good for so many days; the console gives a new one whenever it is opened. */
  talkTokenDays: 30,
  /** How long before its talk a session opens by itself at most, in minutes. */
  opensBefore: 24 * 60,
  /** One deck: its file, Markdown, a part of an upload, pages, and the pictures that come along. */
  deckBytes: 100 * 10 ** 6,
  markdownBytes: 10 ** 6,
  deckPartBytes: 8 * 2 ** 20,
  deckPages: 300,
  deckFiles: 100,
  deckFileBytes: 10 * 10 ** 6,
  deckPicturePixels: 64 * 10 ** 6,
  deckFileNameLength: 100,
  /**
   * A recap: pages, reactions that a page is told by name, activities and questions that it tells of, paragraphs of one section, a paragraph in characters, a
   * section's id, and a host's edit in bytes.
   */
  recapSlides: 300,
  recapReactions: 8,
  recapActivities: 200,
  recapQuestions: 50,
  recapParagraphs: 20,
  recapParagraph: 1000,
  recapSectionId: 160,
  recapBytes: 512 * 1024,
  /** How often a language model is asked for one account's recaps: each time costs. */
  recapsPerDay: 50,
  /** Of `words` and `text`: what fewer people than this gave is nobody's to read. */
  recapFewest: 3,
  /**
   * Flows of one session, the conditions and actions of one, runs in a row that may fail before it is switched off, and
   * how many flows one after the other may cause each other.
   */
  flows: 20,
  flowConditions: 5,
  flowActions: 5,
  flowFailures: 10,
  flowDepth: 3,
  /** The longest span of a rate, in seconds, and of a schedule, in minutes; the length of a message on the stage. */
  flowWindowSeconds: 600,
  flowMinutes: 7 * 24 * 60,
  flowMessageLength: 200,
  /** Runs of one flow that wait for the one before, those that are over and kept, and those of one page of a list. */
  flowWaitingRuns: 1000,
  flowRuns: 100,
  flowRunPage: 25,
  /** How long one action of a flow may take, in milliseconds. */
  flowStepMs: 15_000,
  /** Events that a root keeps until they are acknowledged; beyond, the oldest are dropped. */
  flowEvents: 5000,
  /** Different pages with reactions that one flow counts together; of more it knows only what is added. */
  flowKinds: 2000,
  /** How long a receiver of a webhook may take in all, in milliseconds, and how much of its answer is read. */
  webhookMs: 10_000,
  webhookAnswerBytes: 64 * 1024,
} as const;
