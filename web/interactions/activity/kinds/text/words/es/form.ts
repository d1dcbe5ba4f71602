import { number, plural } from "../../../../../../words/es/plural.ts";

export const words = {
  label: "Tu respuesta",
  send: "Enviar",
  change: "Enviar el cambio",
  used: (count: number, most: number) => `${number(count)} de ${number(most)}`,
  usedSpoken: (count: number, most: number) =>
    `${number(count)} de ${plural(most, "carácter", "caracteres")}`,
  final: "Una vez enviada, no se puede cambiar.",
  long: "Hazla más corta.",
} as const;
