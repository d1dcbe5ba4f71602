import { plural } from "../plural.ts";

/** All accounts, for an admin. */
export const admin = {
  heading: "Tous les comptes",
  invite: {
    title: "Inviter quelqu’un",
    role: "Comme",
    roles: { host: "Hôte", admin: "Admin" },
    create: "Créer un lien d’invitation",
  },
  link: {
    invitation: (email: string) => `Invitation pour ${email}`,
    recovery: (email: string) => `Lien de récupération pour ${email}`,
    text: (until: string) =>
      `Envoyez-le à cette seule personne : le premier qui l’ouvre peut l’utiliser, une fois (échéance : ${until}). Il n’est affiché que maintenant.`,
  },
  list: "Comptes",
  seen: (at: string) => `vu la dernière fois : ${at}`,
  talks: (count: number) => plural(count, "conférence", "conférences"),
  decks: (count: number) => plural(count, "présentation", "présentations"),
  isDeleting: "en cours d’effacement",
  isYou: "vous",
  recover: "Lien de récupération",
  recoverOf: (email: string) => `Lien de récupération pour ${email}`,
  remove: "Supprimer…",
  removeOf: (email: string) => `Supprimer ${email}`,
  ask: {
    title: (email: string) => `Supprimer ${email} ?`,
    text: "Tout ce qui est à ce compte disparaît définitivement : ses conférences avec leurs sessions et résultats, et ses présentations.",
    confirm: "Supprimer définitivement",
  },
  removed: (email: string) => `${email} est en cours d’effacement.`,
  makeAdmin: "Nommer admin",
  makeAdminOf: (email: string) => `Nommer ${email} admin`,
  makeHost: "N’est plus admin",
  makeHostOf: (email: string) => `N’est plus admin : ${email}`,
  changed: (email: string, role: string) => `${email} est maintenant ${role}.`,
  roles: { host: "hôte", admin: "admin" },
  invited:
    "Cet e-mail a déjà un compte. Si la personne ne peut pas se connecter, créez un lien de récupération ci-dessous.",
  conflict: "Le dernier admin doit rester. Nommez d’abord quelqu’un d’autre.",
} as const;
