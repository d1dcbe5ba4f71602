import type { ErrorCode } from "../../client/error.ts";

/** How somebody in the audience gives themselves a name, and where they are asked for it. */
export const ownName = {
  unnamed: {
    rankings: "Vous n’avez pas de nom dans les classements.",
    questions: "Vos questions n’ont pas de nom.",
  },
  named: { rankings: "Votre nom dans les classements : ", questions: "Votre nom : " },
  give: "Donner un nom",
  change: "Modifier",
  label: "Votre nom",
  hint: {
    rankings: "Affiché dans les classements, pour tout le monde. Laissez vide pour rester sans nom.",
    questions:
      "Affiché pour tout le monde dans les classements, et avec les questions que vous voulez signer. Laissez vide pour rester sans nom.",
  },
  save: "Enregistrer",
  cancel: "Annuler",
  saved: {
    rankings: (name: string) => `Dans les classements, votre nom est maintenant ${name}.`,
    questions: (name: string) => `Votre nom est maintenant ${name}.`,
  },
  stays: "Un nom donné peut être modifié, mais pas retiré. Veuillez en saisir un.",
  off: "L’hôte n’accepte pas de noms dans cette session.",
  /** Why a name is not taken. */
  refused: (code: ErrorCode): string => REFUSED[code] ?? "Votre nom n’a pas été accepté. Veuillez réessayer.",
} as const;

const REFUSED: Readonly<Record<string, string>> = {
  name_taken: "Quelqu’un d’autre a déjà ce nom ici. Veuillez en choisir un autre.",
  names_off: ownName.off,
  invalid_request: "Cela ne peut pas être un nom : jusqu’à 32 caractères visibles, sur une ligne.",
  rate_limited: "Vous l’avez changé souvent. Attendez une minute, puis réessayez.",
  blocked: "L’hôte n’accepte pas de nom de votre part pour l’instant.",
  session_ended: "La session est terminée : les noms ne sont plus acceptés.",
  network: "Votre nom n’a pas pu être envoyé. Réessayez dès que vous serez en ligne.",
  unavailable: "Votre nom n’a pas pu être enregistré. Veuillez réessayer dans un instant.",
};
