import { form, plural } from "../../../words/fr/plural.ts";

/** What is said of reactions everywhere. */
export const reactions = (count: number): string => plural(count, "réaction", "réactions");

/** Names for screen readers; any other reaction is its own name. */
export const faceNames: Readonly<Record<string, string>> = {
  "👍": "Pouce levé",
  "❤️": "Cœur",
  "😂": "Rire",
  "🤯": "Époustouflant",
  "👏": "Applaudissements",
  "❓": "Question",
};

/** On the phone. */
export const phone = {
  react: "Réagir à cette diapo",
  button: (name: string, count: number) => `${name}, ${count.toLocaleString("fr")}`,
  sent: (name: string) => `Envoyé : ${name}`,
  kept: (count: number) =>
    `${plural(count, "réaction gardée", "réactions gardées")}, à envoyer dès votre retour en ligne`,
  refused: "Une réaction n’a pas été acceptée.",
  quiet: "Les réactions sont en pause.",
  blocked: "L’hôte n’accepte pas vos réactions pour l’instant.",
  unconfirmed: (count: number) =>
    `${reactions(count)} ${form(count, "n’a pas pu être envoyée", "n’ont pas pu être envoyées")}.`,
  announceTotals: (count: number) => `${reactions(count)} sur cette diapo`,
} as const;

/** On the stage. */
export const stage = {
  total: "Réactions",
  bars: "Cette diapo",
  offer: {
    title: "Réactions proposées",
    nothing: "Rien n’est proposé : personne ne peut réagir.",
    remove: (name: string) => `Retirer ${name}`,
    add: "Une de plus : un emoji ou un mot court",
    addIt: "Ajouter",
    full: "Douze tiennent sur un téléphone. Retirez-en d’abord une.",
    known: "Elle est déjà proposée.",
    wrong: "Donnez un emoji ou un mot de 64 caractères au plus.",
    reset: "Comme au début",
    ofItsOwn: "Cette diapo a ses propres boutons.",
    any: "Toutes les réactions",
    anyText:
      "Les mots envoyés depuis d’autres applis sont acceptés aussi, et affichés sur la présentation : quels qu’ils soient.",
  },
  pause: "Suspendre les réactions",
  resume: "Reprendre les réactions",
  isPaused: "Les réactions sont en pause.",
  lively: "Qui réagit le plus en ce moment",
  inMoments: (count: number) => `Une personne, ${reactions(count)} en 10 s`,
  blocked: "Une personne est bloquée.",
  unblock: "La laisser revenir",
  askBlock: {
    title: "Bloquer cette personne ?",
    text: "Elle voit toujours la conférence ; ses réactions ne sont plus acceptées.",
    exclude: "Retirer aussi les réactions déjà envoyées : tous les compteurs baissent",
    confirm: "Bloquer",
  },
  pulse: "Réactions au fil du temps",
  pulseSummary: (total: number, peak: number, from: string) =>
    `${reactions(total)} depuis ${from}, au plus ${peak.toLocaleString("fr")} par seconde`,
  peak: (rate: number) => `jusqu’à ${rate.toLocaleString("fr", { maximumFractionDigits: 1 })} par seconde`,
  tick: (hours: number, minutes: number) =>
    hours === 0 ? `${minutes} min` : minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`,
  start: (at: string) => `depuis ${at}`,
  present: "maintenant",
} as const;

/** Over a deck and in its slides. */
export const deck = {
  quiet: "Les réactions sont en pause",
  more: (count: number) => `et ${count.toLocaleString("fr")} de plus`,
  counts: "Réactions sur cette diapo",
} as const;

/** In the results. */
export const results = {
  total: "Réactions",
  each: "Par personne",
  slides: "Diapo par diapo",
  slide: "Diapo",
  shown: "Affichée",
  sum: "Total",
  all: "Toutes les diapos",
  table: "Tous les chiffres en tableau",
  more: (count: number) => `et ${plural(count, "diapo", "diapos")} avec moins de réactions`,
} as const;
