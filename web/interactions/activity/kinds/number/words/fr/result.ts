export const words = {
  name: "Nombre",
  right: (number: string) => `Juste : ${number}`,
  rightRange: (from: string, to: string) => `Juste : de ${from} à ${to}`,
  range: (from: string, to: string) => `${from}–${to}`,
  below: (number: string) => `< ${number}`,
  above: (number: string) => `≥ ${number}`,
  before: (count: number) => `${count.toLocaleString("fr")} au tour précédent`,
} as const;
