export const words = {
  label: "Votre réponse, un nombre",
  send: "Envoyer",
  minus: "Changer le signe",
  between: (min: string, max: string) => `De ${min} à ${max}`,
  atLeast: (min: string) => `${min} ou plus`,
  atMost: (max: string) => `Jusqu’à ${max}`,
  steps: (step: string) => `par pas de ${step}`,
  whole: "un nombre entier",
  wrong: (range: string) =>
    range === "" ? "Veuillez saisir un nombre." : `Veuillez saisir un nombre : ${range}.`,
} as const;
