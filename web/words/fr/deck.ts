/** The page of a deck that a host has brought along. */
export const deck = {
  title: (title: string) => `${title} · revint`,
  opening: "Ouverture de la présentation…",
  printing: (count: number, all: number) => `Dessin de la page ${count} sur ${all} pour l’impression…`,
  /** What a page is called that has no words. */
  page: (number: number, count: number) => `Page ${number} sur ${count}`,
  /** In place of a page. */
  broken: {
    title: (number: number) => `La page ${number} ne peut pas être dessinée`,
    text: "L’orateur peut exporter à nouveau le PDF depuis le logiciel d’origine, et téléverser ce fichier.",
  },
  arrival: {
    waiting: "En attente du réseau. Cette page s’affichera dès son retour.",
    gone: "La suite de cette présentation n’existe plus : elle a été supprimée entre-temps.",
  },
  problems: {
    missing: {
      title: "Cette présentation n’existe pas",
      text: "Elle a peut-être été supprimée. Vérifiez le lien, ou demandez à la personne qui vous l’a donné.",
    },
    unreachable: {
      title: "La présentation est injoignable pour l’instant",
      text: "Vérifiez votre connexion, puis réessayez.",
    },
    broken: {
      title: "Ce PDF ne peut pas être affiché",
      text: "Exportez-le à nouveau depuis le logiciel d’origine, et téléversez ce fichier.",
    },
    password: {
      title: "Ce PDF est protégé par un mot de passe",
      text: "Enregistrez-le sans mot de passe, et téléversez ce fichier.",
    },
  },
  /** The speaker's own window. */
  speaker: {
    key: "Mode orateur",
    title: (title: string) => `Mode orateur · ${title}`,
    slide: (number: number, count: number) => `Diapo ${number} sur ${count}`,
    elapsed: "Temps écoulé",
    restart: "Recommencer",
    previous: "Précédent",
    next: "Suivant",
    current: "À l’écran maintenant",
    upcoming: "Ensuite",
    last: "C’est la dernière diapo.",
    notes: "Notes",
    noNotes: "Aucune pour cette diapo.",
    pdf: "Un PDF n’apporte pas de notes. Les diapos écrites en Markdown en ont, sous une ligne qui commence par « Note: ».",
    notOwn: "Seul le propriétaire de la présentation voit ses notes. Est-ce la vôtre ?",
    signIn: "Se connecter",
    lookAgain: "Vérifier",
    lost: "La fenêtre de la présentation ne répond pas. Revenez-y, ou ouvrez à nouveau la présentation et appuyez là sur S.",
    alone: {
      title: "C’est la fenêtre de l’orateur d’une présentation",
      text: "Ouvrez la présentation, et appuyez là sur S : cette fenêtre la suivra.",
      open: "Ouvrir la présentation",
    },
  },
} as const;
