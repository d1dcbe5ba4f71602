export const words = {
  hint: "Ponlas en orden, la primera arriba, y envía.",
  final: "Una vez enviado, no se puede cambiar.",
  list: "Tu orden",
  up: (text: string) => `${text}: un puesto arriba`,
  down: (text: string) => `${text}: un puesto abajo`,
  moved: (text: string, place: number, places: number) => `${text}, ahora en el puesto ${place} de ${places}`,
  send: "Enviar este orden",
} as const;
