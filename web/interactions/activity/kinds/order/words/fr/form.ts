export const words = {
  hint: "Mettez dans l’ordre, la première place en haut, puis envoyez.",
  final: "Votre ordre ne pourra plus être modifié après l’envoi.",
  list: "Votre ordre",
  up: (text: string) => `${text} : monter d’une place`,
  down: (text: string) => `${text} : descendre d’une place`,
  moved: (text: string, place: number, places: number) => `${text}, maintenant place ${place} sur ${places}`,
  send: "Envoyer cet ordre",
} as const;
