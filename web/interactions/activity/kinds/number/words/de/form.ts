export const words = {
  label: "Antwort, eine Zahl",
  send: "Senden",
  minus: "Vorzeichen wechseln",
  between: (min: string, max: string) => `Von ${min} bis ${max}`,
  atLeast: (min: string) => `${min} oder mehr`,
  atMost: (max: string) => `Bis ${max}`,
  steps: (step: string) => `in Schritten von ${step}`,
  whole: "eine ganze Zahl",
  wrong: (range: string) =>
    range === "" ? "Bitte eine Zahl eintippen." : `Bitte eine Zahl eintippen: ${range}.`,
} as const;
