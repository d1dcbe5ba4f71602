import type { FlowAction, FlowStepStatus } from "../../../shared/protocol/flow.ts";
import type { BlankKind } from "../../../shared/protocol/flow-recipes.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { form, plural } from "./plural.ts";

/** The list of flows, for a session's hosts and in the console: called automations there. */
export const automations = {
  title: "Automatisations",
  close: "Fermer",
  back: "Retour",
  text: "Quand ceci arrive, faire cela : dites-le une fois, et la salle s’en charge.",
  readOnly: "Seul l’hôte les crée et les modifie.",
  reading: "Lecture…",
  readAgain: "Réessayer",
  none: "Il n’y en a pas encore.",
  list: "Ce qui est automatisé",
  make: "En créer une",
  byHand: "Ou en JSON",
  write: "Écrire ou importer…",
  exportAll: "Tout exporter",
  full: `Pas plus de ${LIMITS.flows} : supprimez-en une qui ne sert à personne.`,
  on: "Active",
  off: "Inactive",
  nameOf: (what: string, name: string) => `${what} – ${name}`,
  isOn: (name: string) => `« ${name} » est active.`,
  isOff: (name: string) => `« ${name} » est inactive.`,
  lastRun: (at: string) => `Dernière fois : ${at}`,
  neverRun: "Encore jamais exécutée",
  failures: (count: number) => `${plural(count, "échec", "échecs")} de suite`,
  switchedOff: (why: string) => `Elle a été désactivée. ${why}`,
  runs: "Historique",
  change: "Modifier",
  more: "Plus",
  export: "Exporter",
  renew: "Nouvelle adresse ou secret",
  reallyRenew: "Vraiment ? L’ancien ne vaudra plus rien",
  remove: "Supprimer",
  reallyRemove: "Vraiment supprimer ?",
  removed: (name: string) => `« ${name} » est supprimée.`,
  saved: (name: string) => `« ${name} » est enregistrée.`,
  imported: (count: number) =>
    `${plural(count, "automatisation", "automatisations")} ${form(count, "enregistrée", "enregistrées")}.`,
  save: "Enregistrer",
  name: "Son nom",
  problems: {
    notRead: "Les automatisations ne peuvent pas être lues pour l’instant.",
    outOfReach: "Le service est injoignable. Veuillez réessayer.",
    refused: "Le service ne l’a pas fait.",
    notValid: (problems: readonly string[]) =>
      problems.length === 0
        ? "Elle ne peut pas être exécutée telle qu’elle est écrite."
        : `Elle ne peut pas être exécutée telle qu’elle est écrite : ${problems.join(" ; ")}.`,
    capability:
      "Cette installation n’a pas de file d’attente (queue), et cette automatisation en a besoin. docs/automations.md dit comment l’obtenir.",
    gone: "Elle a été supprimée entre-temps.",
    isTried: "Elle est déjà à l’essai.",
    nothingFailed: "Rien n’y est plus en échec.",
    tooLarge: "C’est trop à la fois.",
    noHost: "Seul l’hôte peut faire cela, et une invitation a peut-être été retirée.",
    ended: "La session est terminée.",
  },
  blanks: {
    count: { name: "combien", problem: "Un nombre entier, 1 ou plus." },
    share: { name: "pour cent", problem: "Un nombre entier de 1 à 100." },
    minutes: {
      name: "minutes",
      problem: `Un nombre entier de 1 à ${LIMITS.flowMinutes.toLocaleString("fr")}.`,
    },
    url: { name: "adresse", problem: "Une adresse qui commence par https://" },
    activity: { name: "ce qui est demandé", problem: "Choisissez ce que vous demandez." },
    time: { name: "jour et heure", problem: "Un jour et une heure." },
    zone: { name: "fuseau horaire", problem: "Choisissez un fuseau horaire." },
  } satisfies Record<BlankKind, { name: string; problem: string }>,
  choose: "Choisir…",
  nothingAsked:
    "Il n’y a encore rien à demander : créez d’abord un sondage, ou ouvrez la présentation qui en a un.",
  noName: "Dites comment elle s’appelle.",
  json: {
    title: "Automatisations en JSON",
    change: "Modifier en JSON",
    text: "Une automatisation, ou une liste, comme celle d’un export. Celle qui a l’« id » d’une existante prend sa place. Toutes sont enregistrées, ou aucune.",
    ownText: "Aucune recette ne dit ce que fait celle-ci : elle se modifie telle qu’elle est écrite.",
    field: "JSON",
    file: "D’un fichier…",
    notRead: "Ce fichier ne peut pas être lu comme du texte.",
    notJson: (message: string) => `Ce n’est pas du JSON. ${message}`,
    empty: "Il n’y a aucune automatisation dedans.",
    noFlow: (which: number) =>
      `La ${ordinal(which)} n’est pas une automatisation : c’est un objet avec « name », « on » et « do ».`,
    noId: (which: number) => `La ${ordinal(which)} a un « id » qui n’est pas du texte.`,
    sameId: (id: string) => `Deux ont l’« id » « ${id} ».`,
    tooMany: `Il y en a plus de ${LIMITS.flows}.`,
    issues: "Ce qu’il faut corriger",
    issue: (which: string | undefined, path: string, message: string) =>
      `${which === undefined ? "" : `« ${which} », `}${path === "" ? "" : `${path} : `}${message}`,
    notOne: "Une seule prend sa place, et non plusieurs.",
  },
  secrets: {
    title: "À garder maintenant",
    text: "C’est affiché cette seule fois, et n’est gardé nulle part où on pourrait le lire. Qui l’a perdu en crée un nouveau dans la liste, sous « Plus ».",
    hook: "Adresse du hook",
    hookText:
      "Un POST à cette adresse la déclenche : depuis un Stream Deck, OBS, ou la page d’un cours. Qui l’a peut faire cela, et rien d’autre.",
    signing: "Secret de signature",
    signingText:
      "Avec lui, le destinataire vérifie qu’un message vient d’ici, comme le prévoit Standard Webhooks.",
    lost: "Son adresse ou son secret a déjà été affiché, et ne l’est plus. S’il est perdu, créez-en un nouveau : dans la liste, sous « Plus ».",
    kept: "C’est gardé",
  },
  history: {
    none: "Elle n’a encore rien fait.",
    label: "Ce qu’elle a fait, le plus récent d’abord",
    older: "Plus anciens",
    again: "Refaire ce qui a échoué",
    againOf: (at: string) => `Refaire ce qui a échoué : ${at}`,
    sentAgain: "C’est refait.",
    refresh: "Vérifier",
    try: "Essayer",
    tryText: "C’est fait pour de vrai, quoi qu’il se passe dans la salle : chaque étape une fois.",
    trying: "À l’essai",
    cancel: "Annuler",
    tried: "L’essai est fait.",
    cancelled: "C’est annulé.",
    attempts: (count: number) => plural(count, "essai", "essais"),
    nextAt: (at: string) => `nouvel essai : ${at}`,
    statuses: {
      waiting: "en attente",
      running: "en cours",
      done: "fait",
      failed: "échec",
      dead: "abandonné",
      cancelled: "annulé",
    } satisfies Record<FlowStepStatus, string>,
    /** What a step did, where what it is part of has been changed since. */
    steps: {
      activity: "changer ce qui est demandé",
      state: "afficher une diapo",
      rules: "changer les règles",
      message: "afficher un message sur la scène",
      end: "terminer la session",
      webhook: "prévenir quelqu’un",
      recap: "créer le récap",
      queue: "mettre un message dans la file d’attente",
      store: "enregistrer les compteurs",
    } satisfies Record<FlowAction["do"], string>,
    /** By what set it off, as webhooks are told it. */
    events: {
      reactions: "Des réactions sont arrivées",
      page: "Une diapo a été affichée",
      activity: "Quelque chose a été ouvert, fermé ou révélé",
      answers: "Des personnes avaient répondu",
      question: "Une question",
      people: "Des personnes sont venues ou parties",
      ended: "La session s’est terminée",
      recap: "Le récap était prêt",
      schedule: "À l’heure dite",
      http: "Son hook a été appelé",
      queue: "Un message est venu par la file d’attente",
      try: "Essai manuel",
    },
  },
} as const;

function ordinal(which: number): string {
  const first = new Intl.PluralRules("fr", { type: "ordinal" }).select(which) === "one";
  return `${which}${first ? "re" : "e"}`;
}
