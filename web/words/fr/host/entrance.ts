/** The ways into an account. */
export const entrance = {
  password: "Mot de passe",
  newPassword: "Nouveau mot de passe",
  passwordHint: (shortest: number) => `${shortest} caractères ou plus`,
  show: "Afficher",
  showPassword: "Afficher le mot de passe",
  email: "E-mail",
  name: "Votre nom",
  or: "ou",
  withPasskey: "Plutôt avec une clé d’accès",
  withPassword: "Plutôt avec un mot de passe",
  wait: (time: string) => `Le prochain essai sera possible dans ${time}.`,
  waited: "Vous pouvez réessayer maintenant.",
  signIn: {
    title: "Se connecter",
    passkey: "Se connecter avec une clé d’accès",
    password: "Se connecter",
    failed: "L’e-mail et le mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez.",
    passkeyFailed:
      "Cette clé d’accès n’ouvre aucun compte ici. Utilisez-en une autre, ou votre mot de passe.",
    lost: "Accès perdu ? Demandez un lien de récupération au responsable de cette installation.",
    other: "Pas de compte ? En créer un",
  },
  signUp: {
    title: "Créer un compte",
    text: "Pour qui donne des conférences. Le public n’en a pas besoin.",
    passkey: "Continuer avec une clé d’accès",
    password: "Créer le compte",
    refused:
      "Aucun compte n’a été créé. Si vous en avez déjà un, connectez-vous. Si vous avez une invitation, ouvrez son lien.",
    invalid: "Vérifiez l’adresse e-mail, et que le mot de passe est assez long.",
    invited: {
      title: "Les comptes sont sur invitation",
      text: "Demandez une invitation au responsable de cette installation. Le lien que vous recevrez ouvre cette page.",
    },
    closed: {
      title: "Pas de nouveaux comptes ici",
      text: "Le responsable de cette installation n’en crée pas pour l’instant. Demandez-lui.",
    },
    other: "Déjà un compte ? Se connecter",
  },
  invitation: {
    title: "Bienvenue",
    text: (email: string) => `Cette invitation vous permet de créer un compte pour ${email}.`,
    closed: {
      title: "Pas de nouveaux comptes pour l’instant",
      text: (email: string) =>
        `Cette invitation vous permet de créer un compte pour ${email}, mais les nouveaux comptes sont maintenant fermés ici. Demandez à la personne dont vient l’invitation de les ouvrir, puis ouvrez à nouveau votre lien : il reste valable jusqu’à son échéance.`,
    },
  },
  recovery: {
    title: "Un nouvel accès",
    text: (email: string) =>
      `Donnez à ${email} une nouvelle clé d’accès ou un nouveau mot de passe. Ce sera le seul accès : les précédents ne marcheront plus, et tous les autres navigateurs seront déconnectés.`,
    passkey: "Continuer avec une clé d’accès",
    password: "Définir le mot de passe",
  },
  badLink:
    "Ce lien n’est pas valable : il a été utilisé, a expiré ou n’est pas complet. Demandez-en un nouveau.",
  isSignedIn: (email: string) => `Compte connecté : ${email}. Continuer ici change cela.`,
  notNow: "Pas maintenant",
} as const;
