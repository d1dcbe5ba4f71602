/** What few people use on the phone page: loaded when somebody opens it. */
export const phoneMore = {
  awake: {
    on: "Garder l’écran allumé",
    refused:
      "Désactivé : votre téléphone le refuse pour le moment, par exemple si sa batterie est faible. Nouvel essai à chaque retour sur cette page.",
  },
  link: {
    label: "Lien pour participer",
    share: "Partager le lien",
    shared: "Partagé.",
    copy: "Copier le lien",
    copied: "Copié.",
    notCopied: "Impossible de copier ici : le lien est sélectionné, copiez-le vous-même.",
  },
} as const;
