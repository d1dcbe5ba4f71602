/** How a host ends the session, wherever that is offered. */
export const ending = {
  offer: "Terminer la session…",
  title: "Terminer cette session ?",
  text: "Plus personne ne peut réagir, et chaque téléphone dit au revoir. Les résultats restent.",
  publish: "Laisser tout le monde voir les résultats",
  confirm: "Terminer la session",
};
