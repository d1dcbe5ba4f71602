export const words = {
  from: "Est juste, ou juste à partir de",
  to: "jusqu’à",
  none: "Veuillez saisir le nombre juste ; ou deux nombres, entre lesquels une réponse est juste.",
  upwards: "Veuillez saisir d’abord le plus petit nombre.",
  far: "Aucune réponse ne peut être aussi loin de zéro.",
} as const;
