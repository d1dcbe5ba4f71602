/** The phone page. */
export const audience = {
  title: "Participer · revint",
  titleOf: (name: string) => `${name} · revint`,
  connecting: "Recherche de la session…",
  offline: "Pas de connexion. Nous continuons d’essayer.",
  waiting: {
    title: "Pas encore commencé",
    text: "Vous n’avez rien à faire : cette page suivra dès le début de la conférence.",
  },
  more: "Plus",
  notLoaded: "Impossible d’afficher ceci pour le moment. Nous continuons d’essayer.",
  noSession: {
    title: "Quelle session ?",
    text: "Saisissez le code affiché à l’écran, ou collez le lien de la session.",
  },
  notFound: {
    title: "Session introuvable",
    text: "Le lien est peut-être incomplet, ou la session n’est pas encore ouverte. Saisissez le code affiché à l’écran, ou scannez-le à nouveau.",
  },
  wrongCode: {
    title: "Aucune conférence n’a ce code",
    text: "Un chiffre est peut-être faux. Ou la conférence est terminée : son code expire le lendemain.",
  },
  tooManyCodes: {
    title: "Trop de codes erronés",
    text: "Ils venaient de votre réseau. Réessayez dans une minute, ou utilisez le lien de la conférence.",
  },
  code: "Code d’accès",
  noCode: "Un code d’accès a 6 ou 8 chiffres. Vous pouvez aussi coller le lien de la session.",
  ended: { title: "C’est terminé", text: "Merci d’avoir été là." },
  results: "Les résultats, si l’orateur les a ouverts",
  recap: "Le récap, dès que l’orateur l’aura publié",
  full: {
    title: "Plus personne ne peut entrer",
    text: "La salle est pleine, ou l’entrée est fermée pour l’instant. Gardez cette page ouverte : vous entrerez automatiquement dès qu’il y aura une place.",
  },
  crowded: {
    title: "Beaucoup de monde arrive",
    text: "Vous êtes dans la file. Gardez cette page ouverte : vous entrerez automatiquement dans un instant.",
  },
  sentOut: {
    title: "L’hôte a fait sortir tout le monde",
    text: "Ce qui a été compté reste compté. Pour revenir, participez à nouveau.",
  },
  failed: { title: "Cela ne marche pas pour l’instant", text: "Veuillez réessayer dans un instant." },
  tryAgain: "Réessayer",
  join: "Participer",
  joinAgain: "Revenir",
  slides: {
    see: "Voir les diapos",
    title: "Les diapos",
    tab: "Nouvel onglet",
    close: "Fermer",
  },
  tabs: { label: "Affichage", live: "Direct", missed: ", du nouveau", news: " nouveau" },
  paused: "En pause",
  announcePage: (title: string) => `Maintenant : ${title}`,
} as const;
