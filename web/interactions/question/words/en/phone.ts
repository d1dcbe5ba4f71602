import type { ErrorCode } from "../../../../client/error.ts";
import { plural } from "../../../../words/en/plural.ts";

/** On the phone. */
export const phone = {
  tab: "Questions",
  ask: {
    label: "Ask the speaker",
    send: "Send",
    withName: "With my name: ",
    nameless: "Your name is not known any more. Please give one, or ask without.",
    moderated: "A moderator reads it first.",
    off: "The host takes no questions at the moment.",
    left: (count: number) => `${plural(count, "character", "characters")} left`,
    over: (count: number) => `${plural(count, "character", "characters")} too many`,
    sent: "Your question is on its way.",
    waits: "Your question is kept on this phone, and sent once you are back online.",
    back: "Your text is back in the field.",
  },
  own: {
    title: "Your questions",
    sending: "Sending…",
    away: "Waiting for a network. It is sent once you are back online.",
    pending: "Waiting for a moderator. Nobody else sees it yet.",
    published: "Sent. Everyone can see it.",
    answered: "Answered",
    hidden: "Hidden by the host. Nobody else sees it.",
    merged: "Merged: another question asks the same.",
    showOther: "Show that one",
    withdraw: "Withdraw",
    sure: "Withdraw it?",
    yes: "Yes, withdraw",
    no: "Keep it",
    withdrawn: "Your question is withdrawn.",
  },
  /** What is said when something happens to an own question. */
  told: {
    published: "Your question is there for everyone to see.",
    answered: "Your question was answered.",
    hidden: "The host has hidden your question.",
    pinned: "Your question is being answered now.",
  },
  list: {
    title: "Questions of the audience",
    order: "Order",
    votes: "Most wanted",
    newest: "Newest",
    nothing: "No questions yet.",
    first: "No questions yet. Yours may be the first.",
    pinned: "Being answered now",
    answered: "Answered",
    answer: "The host's answer",
    yours: "Yours",
    gone: "This question is not there any more.",
    more: (left: number) => `Show more (${left.toLocaleString("en")})`,
    reading: "Reading more…",
    notRead: "More questions can't be read at the moment.",
    changes: (count: number) => `${plural(count, "change", "changes")}, show`,
    all: "Show all of it",
    less: "Show less",
    counted: (count: number) => plural(count, "vote", "votes"),
    vote: (count: number) => `I want this answered too, ${plural(count, "vote", "votes")}`,
  },
  /** One of the two at least. */
  kept: (questions: number, votes: number) => {
    const all = [
      ...(questions > 0 ? [plural(questions, "question", "questions")] : []),
      ...(votes > 0 ? [plural(votes, "vote", "votes")] : []),
    ];
    return `${all.join(" and ")} kept, sent once you are back online`;
  },
  /** Why a question is not taken. @param isMany this person has several that wait */
  askRefused: (code: ErrorCode, isMany: boolean): string => {
    if (code === "too_many_questions" && isMany) return TOO_MANY_OWN;
    return ASK_REFUSED[code] ?? "Your question was not taken. Please try again.";
  },
  /** Why a vote does not count. */
  voteRefused: (code: ErrorCode): string =>
    VOTE_REFUSED[code] ?? "Your vote did not count. Please try again.",
  /** Why a question could not be withdrawn. */
  withdrawRefused: (code: ErrorCode): string =>
    WITHDRAW_REFUSED[code] ?? "Your question could not be withdrawn. Please try again.",
} as const;

const TOO_MANY_OWN =
  "You have three questions that wait for an answer. Withdraw one of them, or wait until one is answered.";

const ASK_REFUSED: Readonly<Record<string, string>> = {
  too_many_questions: "There is no room for another question in this session.",
  questions_off: "The host takes no questions at the moment.",
  blocked: "The host does not take your questions at the moment.",
  session_ended: "The session is over.",
  invalid_request: "This can't be asked: up to 500 characters, and something to read.",
  network: "Your question could not be sent.",
};

const VOTE_REFUSED: Readonly<Record<string, string>> = {
  question_not_found: "This question is not there any more.",
  own_question: "Nobody votes for their own question.",
  question_fixed: "This question was answered meanwhile: its votes stay as they are.",
  questions_off: "The host takes no votes at the moment.",
  blocked: "The host does not take your votes at the moment.",
  session_ended: "The session is over.",
  network: "Your vote could not be sent.",
};

const WITHDRAW_REFUSED: Readonly<Record<string, string>> = {
  question_fixed: "It was answered meanwhile, and stays.",
  question_not_found: "It is not there any more.",
  session_ended: "The session is over: what was asked stays.",
  network: "It can be withdrawn once you are back online.",
};
