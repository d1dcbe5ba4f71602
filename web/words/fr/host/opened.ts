/** What opens from a talk. */
export const opened = {
  deck: "Ouverture de la présentation…",
  stage: "Ouverture de la scène…",
  results: "Ouverture des résultats…",
  recap: "Ouverture du récap…",
  back: "Retour à vos conférences",
  broken: "Ce lien n’est pas complet. Ouvrez la conférence depuis votre liste.",
} as const;
