/** The reveal.js plugin. */
export const plugin = {
  keys: {
    overlay: "Show or hide the audience overlay",
    host: "Lead this deck with your audience",
    together: "Hold everyone together, take over, or return to the speaker",
    welcome: "Fill the screen with the join code",
    ask: "Open or close this slide's question",
    reveal: "Show or hide its result",
    again: "Ask it once more",
    goto: "Go where the room wants to",
  },
  dialog: {
    title: "Lead this deck",
    text: "Paste your host token, or the link you were invited with. It stays in this tab and is never part of the deck.",
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
  waiting: (count: number) =>
    `${count.toLocaleString("en")} ${count === 1 ? "person is" : "people are"} waiting to join: open the stage`,
  doorClosed: "The door is closed: nobody new comes in",
  join: "Join in",
  away: "Back to the speaker",
  held: "The speaker keeps everyone together",
  holding: "Held together",
  othersDrive: "Another presenter drives",
  takeOver: "Take over",
  over: "This session has ended",
  results: "See the results",
  noExtras:
    "This deck's questions can't be asked: revint-activities.js can't be loaded from beside revint.js",
} as const;
