import type { ErrorCode } from "../../../../client/error.ts";
import { plural } from "../../../../words/de/plural.ts";

/** On the phone. */
export const phone = {
  tab: "Fragen",
  ask: {
    label: "Eine Frage stellen",
    send: "Senden",
    withName: "Mit meinem Namen: ",
    nameless: "Der Name ist nicht mehr bekannt. Bitte einen angeben oder ohne fragen.",
    moderated: "Die Moderation liest sie zuerst.",
    off: "Der Host nimmt im Moment keine Fragen an.",
    left: (count: number) => `noch ${plural(count, "Zeichen", "Zeichen")}`,
    over: (count: number) => `${plural(count, "Zeichen", "Zeichen")} zu viel`,
    sent: "Die Frage ist unterwegs.",
    waits: "Die Frage ist auf diesem Handy gespeichert; gesendet wird sie, sobald das Netz wieder da ist.",
    back: "Der Text steht wieder im Feld.",
  },
  own: {
    title: "Meine Fragen",
    sending: "Senden …",
    away: "Wartet auf das Netz. Gesendet wird, sobald es wieder da ist.",
    pending: "Wartet auf die Moderation. Noch sieht sie sonst niemand.",
    published: "Gesendet. Alle können sie sehen.",
    answered: "Beantwortet",
    hidden: "Vom Host ausgeblendet. Sonst sieht sie niemand.",
    merged: "Zusammengeführt: Eine andere Frage fragt dasselbe.",
    showOther: "Die andere zeigen",
    withdraw: "Zurückziehen",
    sure: "Zurückziehen?",
    yes: "Ja, zurückziehen",
    no: "Behalten",
    withdrawn: "Die Frage ist zurückgezogen.",
  },
  /** What is said when something happens to an own question. */
  told: {
    published: "Ihre Frage ist jetzt für alle sichtbar.",
    answered: "Ihre Frage wurde beantwortet.",
    hidden: "Der Host hat Ihre Frage ausgeblendet.",
    pinned: "Ihre Frage wird gerade beantwortet.",
  },
  list: {
    title: "Fragen des Publikums",
    order: "Sortierung",
    votes: "Beliebteste",
    newest: "Neueste",
    nothing: "Noch keine Fragen.",
    first: "Noch keine Fragen. Zeit für die erste!",
    pinned: "Wird gerade beantwortet",
    answered: "Beantwortet",
    answer: "Antwort des Hosts",
    yours: "Meine",
    gone: "Diese Frage ist nicht mehr da.",
    more: (left: number) => `Mehr zeigen (${left.toLocaleString("de")})`,
    reading: "Weitere werden gelesen …",
    notRead: "Weitere Fragen lassen sich im Moment nicht lesen.",
    changes: (count: number) => `${plural(count, "Änderung", "Änderungen")} zeigen`,
    all: "Ganz zeigen",
    less: "Weniger zeigen",
    counted: (count: number) => plural(count, "Stimme", "Stimmen"),
    vote: (count: number) => `Das möchte ich auch wissen, ${plural(count, "Stimme", "Stimmen")}`,
  },
  /** One of the two at least. */
  kept: (questions: number, votes: number) => {
    const all = [
      ...(questions > 0 ? [plural(questions, "Frage", "Fragen")] : []),
      ...(votes > 0 ? [plural(votes, "Stimme", "Stimmen")] : []),
    ];
    return `${all.join(" und ")} gespeichert; gesendet wird, sobald das Netz wieder da ist`;
  },
  /** Why a question is not taken. @param isMany this person has several that wait */
  askRefused: (code: ErrorCode, isMany: boolean): string => {
    if (code === "too_many_questions" && isMany) return TOO_MANY_OWN;
    return ASK_REFUSED[code] ?? "Die Frage wurde nicht angenommen. Bitte noch einmal versuchen.";
  },
  /** Why a vote does not count. */
  voteRefused: (code: ErrorCode): string =>
    VOTE_REFUSED[code] ?? "Die Stimme wurde nicht gezählt. Bitte noch einmal versuchen.",
  /** Why a question could not be withdrawn. */
  withdrawRefused: (code: ErrorCode): string =>
    WITHDRAW_REFUSED[code] ?? "Die Frage ließ sich nicht zurückziehen. Bitte noch einmal versuchen.",
} as const;

const TOO_MANY_OWN =
  "Drei eigene Fragen warten schon auf eine Antwort. Bitte eine davon zurückziehen oder warten, bis eine beantwortet ist.";

const ASK_REFUSED: Readonly<Record<string, string>> = {
  too_many_questions: "Für noch eine Frage ist in dieser Session kein Platz.",
  questions_off: "Der Host nimmt im Moment keine Fragen an.",
  blocked: "Der Host nimmt im Moment keine Fragen von hier an.",
  session_ended: "Die Session ist vorbei.",
  invalid_request: "Das lässt sich nicht fragen: bis zu 500 Zeichen, und etwas zu lesen.",
  network: "Die Frage konnte nicht gesendet werden.",
};

const VOTE_REFUSED: Readonly<Record<string, string>> = {
  question_not_found: "Diese Frage ist nicht mehr da.",
  own_question: "Für die eigene Frage stimmt niemand.",
  question_fixed: "Diese Frage wurde inzwischen beantwortet: Die Stimmen bleiben, wie sie sind.",
  questions_off: "Der Host nimmt im Moment keine Stimmen an.",
  blocked: "Der Host nimmt im Moment keine Stimmen von hier an.",
  session_ended: "Die Session ist vorbei.",
  network: "Die Stimme konnte nicht gesendet werden.",
};

const WITHDRAW_REFUSED: Readonly<Record<string, string>> = {
  question_fixed: "Sie wurde inzwischen beantwortet und bleibt.",
  question_not_found: "Sie ist nicht mehr da.",
  session_ended: "Die Session ist vorbei: Was gefragt wurde, bleibt.",
  network: "Sie lässt sich zurückziehen, sobald das Netz wieder da ist.",
};
