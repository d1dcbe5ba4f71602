import type { ErrorCode } from "../../../../client/error.ts";
import { plural } from "../../../../words/fr/plural.ts";

/** On the phone. */
export const phone = {
  open: "Question",
  closed: "Fermée",
  opened: (prompt: string) => `Nouvelle question : ${prompt}`,
  result: (prompt: string) => `Le résultat est là : ${prompt}`,
  isOver: (prompt: string) => `Fermée : ${prompt}`,
  place: (place: number, all: number) => `${place} sur ${all}`,
  previous: "Question précédente",
  next: "Question suivante",
  putAway: "Mettre de côté",
  left: (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`,
  leftSpoken: (seconds: number) => `encore ${plural(seconds, "seconde", "secondes")}`,
  yours: "Votre réponse : ",
  round: (round: number) => `Tour ${round}`,
  takeBack: "Retirer",
  tookBack: "Votre réponse est retirée.",
  first: "Votre première réponse compte.",
  sending: "Envoi…",
  away: "Gardée sur ce téléphone, et envoyée dès votre retour en ligne.",
  stands: "Envoyée. Elle ne peut plus être modifiée.",
  changes: "Envoyée. Vous pouvez la modifier.",
  counted: "Votre réponse compte.",
  none: "Vous n’avez pas répondu.",
  nobody: "Personne n’a répondu.",
  right: "Votre réponse est juste.",
  wrong: "Votre réponse n’est pas juste.",
  score: (points: number, rank: number) =>
    `Vous avez ${plural(points, "point", "points")} au quiz : rang ${rank.toLocaleString("fr")}.`,
  kept: (count: number) =>
    `${plural(count, "réponse gardée", "réponses gardées")}, à envoyer dès votre retour en ligne`,
  /** Why an answer is not kept. */
  refused: (code: ErrorCode): string =>
    REFUSED[code] ?? "Votre réponse n’a pas été acceptée. Veuillez réessayer.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  activity_closed: "La question s’est fermée avant l’arrivée de votre réponse.",
  activity_not_found: "Cette question n’existe plus.",
  answer_fixed: "Votre première réponse compte : elle ne peut pas être modifiée.",
  answer_not_valid: "Cette réponse ne convient pas à la question. Veuillez en essayer une autre.",
  too_many_words: "Il n’y a plus de place pour une nouvelle réponse. Veuillez en donner une qui existe déjà.",
  blocked: "L’hôte n’accepte pas vos réponses pour l’instant.",
  network: "Votre réponse n’a pas pu être envoyée.",
};
