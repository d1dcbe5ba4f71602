import type { ErrorCode } from "../../client/error.ts";

/** How somebody in the audience gives themselves a name, and where they are asked for it. */
export const ownName = {
  unnamed: { rankings: "You have no name in rankings.", questions: "You ask without a name." },
  named: { rankings: "Your name in rankings: ", questions: "Your name: " },
  give: "Give a name",
  change: "Change it",
  label: "Your name",
  hint: {
    rankings: "Shown in rankings, to everyone. Leave it empty to stay unnamed.",
    questions:
      "Shown to everyone in rankings, and with the questions that you want it with. Leave it empty to stay unnamed.",
  },
  save: "Save",
  cancel: "Cancel",
  saved: {
    rankings: (name: string) => `You are ${name} in rankings now.`,
    questions: (name: string) => `You are ${name} now.`,
  },
  stays: "A name that was given can be changed, and not taken away. Please type one.",
  off: "The host takes no names in this session.",
  /** Why a name is not taken. */
  refused: (code: ErrorCode): string => REFUSED[code] ?? "Your name was not taken. Please try again.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  name_taken: "Somebody else here has this name. Please take another one.",
  names_off: ownName.off,
  invalid_request: "This can't be a name: up to 32 characters that can be seen, in one line.",
  rate_limited: "You have changed it often. Please wait a minute, and try again.",
  blocked: "The host does not take a name from you at the moment.",
  session_ended: "The session is over: names are not taken any more.",
  network: "Your name could not be sent. Please try again once you are online.",
  unavailable: "Your name could not be kept. Please try again in a moment.",
};
