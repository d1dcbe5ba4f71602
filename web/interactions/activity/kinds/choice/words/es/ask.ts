import { LIMITS } from "../../../../../../../shared/protocol/limits.ts";

export const words = {
  name: "Encuesta",
  example: "¿Qué runtime usas?",
  options: "Opciones, una por línea",
  hint: "Si se deja vacío: Sí y No. Enter en una línea vacía abre la encuesta.",
  yes: "Sí",
  no: "No",
  several: "Se pueden marcar varias",
  one: "Una encuesta necesita al menos dos opciones.",
  many: `Una encuesta tiene hasta ${LIMITS.options} opciones.`,
  long: `Una opción tiene hasta ${LIMITS.optionLength} caracteres.`,
} as const;
