export const words = {
  label: "Votre réponse",
  send: "Envoyer",
  change: "Envoyer la modification",
  used: (count: number, most: number) => `${count.toLocaleString("fr")} sur ${most.toLocaleString("fr")}`,
  usedSpoken: (count: number, most: number) =>
    `${count.toLocaleString("fr")} sur ${most.toLocaleString("fr")} caractères`,
  final: "Elle ne pourra plus être modifiée après l’envoi.",
  long: "Veuillez raccourcir.",
} as const;
