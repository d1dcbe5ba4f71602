import { plural } from "../../../../words/fr/plural.ts";

/** What a deck says of activities. What stands in `problem` is for the author of its slides. */
export const deck = {
  problem: {
    /** @param name what its author called it */
    in: (name: string, problem: string) => `« ${name} » : ${problem}`,
    noId: (kind: string) => `il faut un nom propre, comme data-revint-${kind}="my-question".`,
    badId: "un nom a jusqu’à 32 caractères parmi a–z, 0–9 et -, et commence par une lettre ou un chiffre.",
    twice: "une autre activité de cette présentation a ce nom. Veuillez donner à chacune un nom à elle.",
    tooMany: (most: number) => `une présentation en a jusqu’à ${most}.`,
    kinds: "elle porte deux types de question à la fois. Veuillez ne garder qu’un des deux attributs.",
    noPrompt: "elle ne demande rien : donnez un titre à sa diapo, ou écrivez data-revint-prompt.",
    longPrompt: (most: number) => `sa question dépasse ${most} caractères.`,
    options: (count: number, most: number) =>
      `il faut une liste de 2 à ${most} réponses, et il y en a ${count === 0 ? "zéro" : count}.`,
    emptyOption: (number: number) => `la réponse ${number} n’a pas de texte.`,
    longOption: (number: number, most: number) => `la réponse ${number} dépasse ${most} caractères.`,
    badOptionId: (id: string) =>
      `data-revint-id="${id}" n’est pas possible : jusqu’à 32 caractères parmi a–z, 0–9 et -, avec une lettre ou un chiffre au début.`,
    optionTwice: (id: string) =>
      `deux de ses réponses s’appellent « ${id} » (data-revint-id, ou le numéro dans la liste).`,
    noSuchOption: (name: string, id: string) =>
      `data-revint-${name} nomme « ${id} », qui n’est aucune de ses réponses.`,
    order: "data-revint-correct nomme chaque réponse une fois, dans le bon ordre.",
    number: (name: string, text: string) => `data-revint-${name}="${text}" n’est pas un nombre.`,
    count: (name: string, least: number, most: number) =>
      `data-revint-${name} est un nombre entier de ${least} à ${most}.`,
    word: (name: string, text: string, known: readonly string[]) =>
      `data-revint-${name}="${text}" est inconnu ; sont possibles : ${known.join(", ")}.`,
    long: (name: string, most: number) => `data-revint-${name} a jusqu’à ${most} caractères.`,
    scale: (least: number, most: number) =>
      `de data-revint-min à data-revint-max, il y a de ${least} à ${most} pas de data-revint-step.`,
    upwards: "les nombres vont du plus petit au plus grand.",
    step: "data-revint-step est plus grand que 0.",
    goto: (goto: string) => `data-revint-goto="${goto}" n’est pas une diapo : elle commence par #/.`,
  },
  trouble: {
    refused: (id: string, code: string, detail: string) =>
      code === "conflict"
        ? `« ${id} » a déjà reçu des réponses, et veut dire autre chose maintenant : la salle l’a encore tel qu’il était. Remettez les compteurs à zéro sur la scène, ou donnez-lui un autre nom.`
        : `« ${id} » n’a pas été accepté, et reste une partie de la diapo (${detail}).`,
    none: (detail: string) => `Le service n’accepte pas de questions de cette présentation (${detail}).`,
    failed: (id: string, detail: string) =>
      `« ${id} » reste tel quel : le service n’a pas accepté cela (${detail}).`,
  },
  left: (seconds: number) => `encore ${plural(seconds, "seconde", "secondes")}`,
} as const;
