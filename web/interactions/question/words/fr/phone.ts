import type { ErrorCode } from "../../../../client/error.ts";
import { form, plural } from "../../../../words/fr/plural.ts";

/** On the phone. */
export const phone = {
  tab: "Questions",
  ask: {
    label: "Posez votre question",
    send: "Envoyer",
    withName: "Avec mon nom : ",
    nameless: "Votre nom n’est plus connu. Donnez-en un, ou posez la question sans nom.",
    moderated: "Un modérateur la lit d’abord.",
    off: "L’hôte n’accepte pas de questions pour l’instant.",
    left: (count: number) => `encore ${plural(count, "caractère", "caractères")}`,
    over: (count: number) => `${plural(count, "caractère", "caractères")} de trop`,
    sent: "Votre question est en route.",
    waits: "Votre question est gardée sur ce téléphone, et envoyée dès votre retour en ligne.",
    back: "Votre texte est de retour dans le champ.",
  },
  own: {
    title: "Vos questions",
    sending: "Envoi…",
    away: "En attente de réseau. Elle sera envoyée dès votre retour en ligne.",
    pending: "En attente d’un modérateur. Personne d’autre ne la voit encore.",
    published: "Envoyée. Tout le monde peut la voir.",
    answered: "Traitée",
    hidden: "Masquée par l’hôte. Personne d’autre ne la voit.",
    merged: "Fusionnée : une autre question demande la même chose.",
    showOther: "Voir celle-là",
    withdraw: "Retirer",
    sure: "La retirer ?",
    yes: "Oui, la retirer",
    no: "La garder",
    withdrawn: "Votre question est retirée.",
  },
  /** What is said when something happens to an own question. */
  told: {
    published: "Tout le monde peut maintenant voir votre question.",
    answered: "Votre question a reçu une réponse.",
    hidden: "L’hôte a masqué votre question.",
    pinned: "Votre question est traitée en ce moment.",
  },
  list: {
    title: "Questions du public",
    order: "Tri",
    votes: "Populaires",
    newest: "Récentes",
    nothing: "Pas encore de questions.",
    first: "Pas encore de questions. À vous la première !",
    pinned: "Traitée en ce moment",
    answered: "Traitées",
    answer: "La réponse de l’hôte",
    yours: "À vous",
    gone: "Cette question n’existe plus.",
    more: (left: number) => `En voir plus (${left.toLocaleString("fr")})`,
    reading: "Lecture de la suite…",
    notRead: "Les autres questions ne peuvent pas être lues pour l’instant.",
    changes: (count: number) => `Voir ${plural(count, "nouveauté", "nouveautés")}`,
    all: "Tout afficher",
    less: "Réduire",
    counted: (count: number) => plural(count, "vote", "votes"),
    vote: (count: number) => `Je veux une réponse aussi, ${plural(count, "vote", "votes")}`,
  },
  /** One of the two at least. */
  kept: (questions: number, votes: number) => {
    const all = [
      ...(questions > 0 ? [plural(questions, "question", "questions")] : []),
      ...(votes > 0 ? [plural(votes, "vote", "votes")] : []),
    ];
    const kept =
      votes > 0 ? form(questions + votes, "gardé", "gardés") : form(questions, "gardée", "gardées");
    return `${all.join(" et ")} ${kept}, à envoyer dès votre retour en ligne`;
  },
  /** Why a question is not taken. @param isMany this person has several that wait */
  askRefused: (code: ErrorCode, isMany: boolean): string => {
    if (code === "too_many_questions" && isMany) return TOO_MANY_OWN;
    return ASK_REFUSED[code] ?? "Votre question n’a pas été acceptée. Veuillez réessayer.";
  },
  /** Why a vote does not count. */
  voteRefused: (code: ErrorCode): string =>
    VOTE_REFUSED[code] ?? "Votre vote n’a pas été compté. Veuillez réessayer.",
  /** Why a question could not be withdrawn. */
  withdrawRefused: (code: ErrorCode): string =>
    WITHDRAW_REFUSED[code] ?? "Votre question n’a pas pu être retirée. Veuillez réessayer.",
} as const;

const TOO_MANY_OWN =
  "Trois de vos questions attendent une réponse. Retirez-en une, ou attendez que l’une d’elles soit traitée.";

const ASK_REFUSED: Readonly<Record<string, string>> = {
  too_many_questions: "Il n’y a plus de place pour une autre question dans cette session.",
  questions_off: "L’hôte n’accepte pas de questions pour l’instant.",
  blocked: "L’hôte n’accepte pas vos questions pour l’instant.",
  session_ended: "La session est terminée.",
  invalid_request: "Cela ne peut pas être demandé : jusqu’à 500 caractères, et de quoi lire.",
  network: "Votre question n’a pas pu être envoyée.",
};

const VOTE_REFUSED: Readonly<Record<string, string>> = {
  question_not_found: "Cette question n’existe plus.",
  own_question: "On ne vote pas pour sa propre question.",
  question_fixed: "Cette question a été traitée entre-temps : ses votes restent tels quels.",
  questions_off: "L’hôte n’accepte pas de votes pour l’instant.",
  blocked: "L’hôte n’accepte pas vos votes pour l’instant.",
  session_ended: "La session est terminée.",
  network: "Votre vote n’a pas pu être envoyé.",
};

const WITHDRAW_REFUSED: Readonly<Record<string, string>> = {
  question_fixed: "Elle a été traitée entre-temps, et reste.",
  question_not_found: "Elle n’existe plus.",
  session_ended: "La session est terminée : ce qui a été demandé reste.",
  network: "Elle pourra être retirée dès votre retour en ligne.",
};
