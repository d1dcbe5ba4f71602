import { plural } from "./plural.ts";

const brokenAfter = (what: string) =>
  `Le téléchargement a été coupé après ${what}, et un nouvel essai n’a rien donné. Rien n’a été enregistré : réessayez avec une meilleure connexion.`;

/** The page of a session's results. */
export const results = {
  title: "Résultats · revint",
  titleOf: (name: string) => `${name} · résultats · revint`,
  heading: "Résultats",
  connecting: "Lecture des résultats…",
  noSession: {
    title: "Quelle session ?",
    text: "Ce lien ne nomme aucune session. Collez votre jeton d’hôte, le nom de la session ou son lien d’accès.",
  },
  notFound: {
    title: "Session introuvable",
    text: "Le lien est peut-être incomplet, ou la session et ses résultats ont été oubliés. Pour réessayer, collez votre jeton d’hôte, le nom de la session ou son lien d’accès.",
  },
  openSession: "Voir ses résultats",
  notPublic: {
    title: "Ces résultats ne sont pas ouverts",
    text: "Seuls ses hôtes les voient, sauf s’ils les ouvrent à tout le monde.",
  },
  failed: { title: "Cela ne marche pas pour l’instant", text: "Veuillez réessayer dans un instant." },
  deleted: {
    title: "Tout est supprimé",
    text: "La session, ses réactions et tous ceux qui ont participé sont oubliés.",
  },
  ask: {
    title: "Résultats",
    text: "Collez le jeton d’hôte de cette session, ou le lien de votre invitation. Il reste dans cet onglet.",
  },
  isHost: "Êtes-vous l’hôte, ou un co-hôte ?",
  open: "Ouvrir",
  badToken:
    "Cela n’ouvre pas cette session. Vérifiez que tout a été collé, et que c’est pour cette conférence et cette date ; le jeton a peut-être expiré, ou l’invitation a été retirée.",
  live: "En cours",
  over: (at: string) => `Terminée : ${at}`,
  people: "Personnes",
  most: "Au plus à la fois",
  length: "Durée",
  course: "Le déroulement",
  perBucket: (seconds: string) => `Réactions en ${seconds}`,
  peoplePresent: (most: number) => `Présents, jusqu’à ${most.toLocaleString("fr")}`,
  upTo: (count: number) => `jusqu’à ${count.toLocaleString("fr")}`,
  courseSummary: (total: number, people: number, slides: number) =>
    `${plural(total, "réaction", "réactions")} de ${plural(people, "personne", "personnes")} sur ${plural(slides, "diapo", "diapos")} ; les chiffres sont dans le tableau ci-dessous.`,
  nothing: "Pas de réactions.",
  count: (count: number) => plural(count, "réaction", "réactions"),
  moments: "Moments forts",
  factor: (factor: string) => `${factor}× l’habituel`,
  recap: "Récap pour votre public",
  take: "À emporter",
  exports: {
    reactions: { xlsx: "Tableur (Excel)", csv: "Tableur (CSV)", ndjson: "Données (NDJSON)" },
    answers: { xlsx: "Réponses (Excel)", csv: "Réponses (CSV)", ndjson: "Réponses (NDJSON)" },
    questions: { xlsx: "Questions (Excel)", csv: "Questions (CSV)", ndjson: "Questions (NDJSON)" },
  },
  print: "Imprimer ou enregistrer en PDF",
  saving: (rows: number, total: number) =>
    `Enregistrement : ${Math.min(rows, total).toLocaleString("fr")} sur ${total.toLocaleString("fr")}…`,
  savingOf: {
    answers: (rows: number) => `Enregistrement : ${plural(rows, "réponse", "réponses")}…`,
    questions: (rows: number) => `Enregistrement : ${plural(rows, "question", "questions")}…`,
  },
  saved: "Enregistré.",
  resuming: "La connexion a été coupée. Reprise dans un instant…",
  broken: (rows: number, total: number) =>
    brokenAfter(
      `${Math.min(rows, total).toLocaleString("fr")} sur ${plural(total, "réaction", "réactions")}`,
    ),
  brokenOf: {
    answers: (rows: number) => brokenAfter(plural(rows, "réponse", "réponses")),
    questions: (rows: number) => brokenAfter(plural(rows, "question", "questions")),
  },
  refused: "Le service ne donne plus ce téléchargement. Veuillez rouvrir cette page.",
  host: "Pour l’hôte",
  moderator: "Pour les modérateurs",
  everyone: "Toute personne ayant le lien peut voir ces résultats",
  isPublic: "Toute personne ayant le lien peut maintenant voir ces résultats.",
  isPrivate: "Seuls les hôtes voient maintenant ces résultats.",
  link: "Lien vers ces résultats",
  ended: {
    title: "La session est terminée. Ses résultats restent.",
    text: "Chaque téléphone a dit au revoir, et plus personne ne peut réagir.",
  },
  alreadyEnded: "La session est terminée ; cela ne peut plus être modifié.",
  notDone: "Le service ne l’a pas fait. Veuillez réessayer.",
  remove: "Tout supprimer…",
  askDelete: {
    title: "Tout supprimer ?",
    text: "La session, chaque réaction et tous ceux qui ont participé sont effacés définitivement. Les téléchargements que vous avez enregistrés restent à vous.",
    word: "supprimer",
    type: (word: string) => `Saisissez « ${word} » pour confirmer`,
    confirm: "Supprimer définitivement",
  },
  deleting: "Suppression…",
  left: (what: readonly string[]) => `Suppression… il reste : ${what.join(", ")}`,
  leftNames: {
    rooms: "réactions",
    hosts: "hôtes",
    users: "participants",
    results: "totaux",
  } as Readonly<Record<string, string>>,
} as const;
